package org.nightglass.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.Spectra;
import org.nightglass.avro.Spectrum;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.spectrum.WavelengthGrid;

class SpectrumReaderTest {
  private static final InFlight<Arrival> RECORD = record(new byte[] {1});

  private static InFlight<Arrival> record(byte[] value) {
    Arrival arrival = new Arrival("spectra", 3, 17, Instant.EPOCH, Instant.EPOCH, null, value);
    return new InFlight<>(arrival, arrival);
  }

  private static SpectrumReader giving(Spectrum event) {
    return new SpectrumReader((topic, bytes) -> event);
  }

  static List<WavelengthGrid> grids() {
    return List.of(
        new WavelengthGrid.Log(3.58, 1e-4, 5),
        new WavelengthGrid.Linear(3600, 0.8, 7),
        new WavelengthGrid.Explicit(new double[] {4000.5, 4001.25, 4003}));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void shouldReadBackWhatTheProducerWrote(WavelengthGrid grid) {
    ObservedSpectrum sent = Spectra.flat(Spectra.observation("a"), grid);
    ObservedSpectrum read = giving(SpectrumEvents.event(sent)).read(RECORD);
    assertThat(read.observation()).isEqualTo(sent.observation());
    Arm in = sent.arms().get(0);
    Arm out = read.arms().get(0);
    assertThat(out.name()).isEqualTo(in.name());
    assertThat(out.medium()).isEqualTo(in.medium());
    assertThat(out.flux()).isEqualTo(in.flux());
    assertThat(out.ivar()).isEqualTo(in.ivar());
    assertThat(out.mask()).isEqualTo(in.mask());
    assertThat(out.grid().pixels()).isEqualTo(grid.pixels());
    for (int i = 0; i < grid.pixels(); i++) {
      assertThat(out.grid().wavelength(i)).isEqualTo(in.grid().wavelength(i));
    }
  }

  @Test
  void shouldSayWhichPackedFieldIsNoWholeNumberOfPixels() {
    Spectrum event = SpectrumEvents.event(Spectra.flat("a"));
    event.getArms().get(0).setIvar(ByteBuffer.allocate(4 * 3600 + 3));
    BadSpectrumException bad =
        catchThrowableOfType(BadSpectrumException.class, () -> giving(event).read(RECORD));
    assertThat(bad.reason()).isEqualTo(RejectReason.LENGTH_MISMATCH);
    assertThat(bad).hasMessageContaining("arm r").hasMessageContaining("ivar");
  }

  @Test
  void shouldNotBlameTheRecordWhenASitesOwnDeserializerCannotReachItsRegistry() {
    SpectrumReader unreachable =
        new SpectrumReader(
            (topic, bytes) -> {
              throw new SerializationException("no schema", new ConnectException("refused"));
            });
    assertThatThrownBy(() -> unreachable.read(RECORD)).isInstanceOf(SerializationException.class);
  }

  @Test
  void shouldBlameTheRecordWhenItsBytesEndTooEarly() {
    SpectrumReader truncated =
        new SpectrumReader(
            (topic, bytes) -> {
              throw new SerializationException("truncated", new java.io.EOFException());
            });
    BadSpectrumException bad =
        catchThrowableOfType(BadSpectrumException.class, () -> truncated.read(RECORD));
    assertThat(bad.reason()).isEqualTo(RejectReason.UNDECODABLE);
  }

  @Test
  void shouldRefuseATombstone() throws IOException {
    BadSpectrumException bad =
        catchThrowableOfType(
            BadSpectrumException.class,
            () -> giving(SpectrumEvents.event(Spectra.flat("a"))).read(record(null)));
    assertThat(bad.reason()).isEqualTo(RejectReason.UNDECODABLE);
  }
}

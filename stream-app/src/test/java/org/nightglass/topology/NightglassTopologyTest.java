package org.nightglass.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nightglass.Spectra;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.batch.SharedModel;
import org.nightglass.config.NightglassConfig;
import org.nightglass.decide.Decider;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.night.Observatory;
import org.nightglass.policy.PolicyReader;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.publish.RejectWriter;
import org.nightglass.publish.ResultWriter;
import org.nightglass.publish.WindowedSnr;
import org.nightglass.schemas.serde.TrustedClasses;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The way of single records. The test driver commits after every record, so batches here are of
 * one; batches are tested on a real broker.
 */
class NightglassTopologyTest {
  private static final Instant NOW = Instant.parse("2026-01-15T06:00:00Z");

  private final FakeModel model = new FakeModel();
  private TopologyTestDriver driver;
  private TestInputTopic<byte[], byte[]> spectra;
  private TestOutputTopic<String, SpectrumResult> results;
  private TestOutputTopic<byte[], Reject> rejects;

  @BeforeAll
  static void trustOurRecords() {
    List.of(Spectrum.class, SpectrumResult.class, Reject.class).forEach(TrustedClasses::trust);
  }

  @BeforeEach
  void open() {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Topology topology =
        NightglassTopology.build(
            new NightglassConfig.Topics(
                "spectra",
                "results",
                "rejects",
                "plan",
                "night-events",
                "overrides",
                "target-state",
                "field-progress",
                "night-yield",
                "survey-yield",
                "nights"),
            new NightglassTopology.Batching(
                256, 1 << 24, Duration.ofSeconds(10), Duration.ofSeconds(10)),
            new NightglassTopology.Stages(
                new SpectrumReader(plain(bytes -> Spectrum.getDecoder().decode(bytes))),
                new Preparer(model.card().grid(), SpectrumLimits.DEFAULT),
                new SharedModel(model, 1),
                new Decider(model.card()),
                new Observatory.Civil(ZoneId.of("America/Denver")),
                new WindowedSnr(
                    PolicyReader.read(
                        Map.of(
                            "programme.dark.success.rules",
                            "median(4000-5000) >= 2",
                            "programme.dark.done.by",
                            "rules"),
                        new ArrayList<>()),
                    model.card().grid()),
                new ResultWriter(model.card(), clock),
                new RejectWriter("test", "1.2.3", null, clock),
                (topic, result) -> encoded(() -> result.toByteBuffer()),
                (topic, reject) -> encoded(() -> reject.toByteBuffer()),
                clock,
                System::nanoTime,
                NightglassTopology.Watchers.NONE));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    driver = new TopologyTestDriver(topology, settings, NOW);
    spectra =
        driver.createInputTopic("spectra", new ByteArraySerializer(), new ByteArraySerializer());
    results =
        driver.createOutputTopic(
            "results",
            new StringDeserializer(),
            plain(bytes -> SpectrumResult.fromByteBuffer(ByteBuffer.wrap(bytes))));
    rejects =
        driver.createOutputTopic(
            "rejects",
            new ByteArrayDeserializer(),
            plain(bytes -> Reject.fromByteBuffer(ByteBuffer.wrap(bytes))));
  }

  @AfterEach
  void close() {
    driver.close();
  }

  private interface Io<I, O> {
    O apply(I in) throws IOException;
  }

  private static <T> Deserializer<T> plain(Io<byte[], T> decode) {
    return (topic, bytes) -> {
      try {
        return decode.apply(bytes);
      } catch (IOException | RuntimeException e) {
        throw new SerializationException("no record: " + e.getMessage());
      }
    };
  }

  private interface Encoding {
    ByteBuffer get() throws IOException;
  }

  private static byte[] encoded(Encoding encoding) {
    try {
      ByteBuffer buffer = encoding.get();
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] event(ObservedSpectrum spectrum) {
    return encoded(() -> SpectrumEvents.event(spectrum).toByteBuffer());
  }

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void shouldTurnASpectrumIntoAResultKeyedByItsTarget() {
    spectra.pipeInput(key("any key"), event(Spectra.flat("a")));
    TestRecord<String, SpectrumResult> record = results.readRecord();
    SpectrumResult result = record.value();
    assertThat(record.key()).isEqualTo("target-a");
    assertThat(result.getSpectrumId()).isEqualTo("spectrum-a");
    assertThat(result.getClassLabel()).isEqualTo("GALAXY");
    assertThat(result.getProbabilities()).hasSize(2);
    assertThat(result.getZ()).isEqualTo(0.1);
    assertThat(result.getZErr()).isEqualTo(0.001);
    assertThat(result.getZMembers()).containsExactly(0.1, 0.1);
    assertThat(result.getGoodZ()).isTrue();
    assertThat(result.getSnr()).isBetween(9.0, 11.0);
    assertThat(result.getCoverage()).isEqualTo(1.0);
    assertThat(result.getModelName()).isEqualTo("fake");
    assertThat(result.getSourceTopic()).isEqualTo("spectra");
    assertThat(result.getSourceOffset()).isZero();
    assertThat(result.getReceivedAt()).isEqualTo(NOW);
    assertThat(result.getEmittedAt()).isEqualTo(NOW);
    assertThat(result.getEventTime()).isEqualTo(Instant.parse("2004-07-14T06:00:00Z"));
    assertThat(rejects.isEmpty()).isTrue();
  }

  @Test
  void shouldStampResultsWithTheTimeOfIngestAndNotOfTheObservation() {
    Instant before = Instant.now();
    spectra.pipeInput(key("k"), event(Spectra.flat("old")), Instant.ofEpochMilli(0));
    TestRecord<String, SpectrumResult> record = results.readRecord();
    assertThat(record.getRecordTime()).isAfterOrEqualTo(before.minusMillis(1));
    assertThat(record.value().getIngestedAt()).isEqualTo(record.getRecordTime());
  }

  @Test
  void shouldNameTheNightAndFlagOneThatIsDeclaredOtherwise() {
    spectra.pipeInput(
        key("k"), event(Spectra.flat("declared-20040714"))); // 06:00 UTC: still the 13th
    SpectrumResult result = results.readValue();
    assertThat(result.getNight()).isEqualTo("20040713");
    assertThat(result.getNightDeclared()).isEqualTo("20040714");
    assertThat(result.getWarnings()).containsExactly("NIGHT_MISMATCH");
    assertThat(result.getGoodZ()).as("a night in doubt leaves the redshift standing").isTrue();
  }

  @Test
  void shouldKeepTheHeadersOfARecord() {
    RecordHeaders headers =
        new RecordHeaders(List.of((Header) new RecordHeader("trace", key("7"))));
    spectra.pipeInput(new TestRecord<>(key("k"), event(Spectra.flat("a")), headers, NOW));
    assertThat(results.readRecord().headers().lastHeader("trace").value()).isEqualTo(key("7"));
  }

  @Test
  void shouldRejectGarbageWithItsBytesAndGoOn() {
    spectra.pipeInput(key("k"), key("garbage"));
    spectra.pipeInput(key("k"), event(Spectra.flat("next")));
    TestRecord<byte[], Reject> record = rejects.readRecord();
    assertThat(record.key()).isEqualTo(key("k"));
    assertThat(record.value().getReason()).isEqualTo("UNDECODABLE");
    assertThat(record.value().getValue()).isEqualTo(ByteBuffer.wrap(key("garbage")));
    assertThat(record.value().getSpectrumId()).isNull();
    assertThat(record.value().getApplicationVersion()).isEqualTo("1.2.3");
    assertThat(results.readValue().getSpectrumId()).isEqualTo("spectrum-next");
  }

  @Test
  void shouldRejectATombstone() {
    spectra.pipeInput(key("k"), (byte[]) null);
    Reject reject = rejects.readValue();
    assertThat(reject.getReason()).isEqualTo("UNDECODABLE");
    assertThat(reject.getValue()).isNull();
  }

  @Test
  void shouldNameTheSpectrumWhereItIsTheSpectrumThatIsWrong() {
    WavelengthGrid nan = new WavelengthGrid.Log(Double.NaN, 1e-4, 100);
    spectra.pipeInput(key("k"), event(Spectra.flat(Spectra.observation("nan"), nan)));
    Reject reject = rejects.readValue();
    assertThat(reject.getReason()).isEqualTo("BAD_WAVELENGTHS");
    assertThat(reject.getSpectrumId()).isEqualTo("spectrum-nan");
    assertThat(reject.getTargetId()).isEqualTo("target-nan");
  }

  @Test
  void shouldRejectASpectrumOnWhichTheModelFailsAlone() {
    Observation poison = Spectra.observation("x");
    poison =
        new Observation(
            FakeModel.POISON,
            poison.targetId(),
            poison.kind(),
            "s",
            "p",
            "f",
            "e",
            1,
            null,
            null,
            Spectra.MJD,
            null,
            "v1",
            null,
            null);
    spectra.pipeInput(
        key("k"), event(Spectra.flat(poison, new WavelengthGrid.Log(3.58, 1e-4, 3600))));
    spectra.pipeInput(key("k"), event(Spectra.flat("next")));
    Reject reject = rejects.readValue();
    assertThat(reject.getReason()).isEqualTo("MODEL_FAILED");
    assertThat(reject.getMessage()).contains("NaN in the output");
    assertThat(results.readValue().getSpectrumId()).isEqualTo("spectrum-next");
  }

  @Test
  void shouldStopRatherThanRejectWhenTheModelIsBroken() {
    model.broken = true;
    assertThatThrownBy(() -> spectra.pipeInput(key("k"), event(Spectra.flat("a"))))
        .hasStackTraceContaining("does not answer even for a plain spectrum")
        .hasStackTraceContaining("out of memory");
    assertThat(rejects.isEmpty()).isTrue();
  }
}

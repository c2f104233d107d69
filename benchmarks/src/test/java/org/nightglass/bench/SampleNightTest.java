package org.nightglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.ObservedSpectrum;

class SampleNightTest {
  private static final Preparer PREPARER =
      new Preparer(ModelGrid.SDSS_3600, SpectrumLimits.DEFAULT);

  @Test
  void shouldRepeatSpectraUnderNamesOfTheirOwn() {
    SampleNight night = SampleNight.simulate(EventKind.SDSS, 3);
    List<ObservedSpectrum> events = IntStream.range(0, 10).mapToObj(night::event).toList();
    assertThat(events.stream().map(event -> event.observation().targetId()).distinct()).hasSize(10);
    assertThat(events.stream().map(event -> event.observation().spectrumId()).distinct())
        .hasSize(10);
    assertThat(events.get(7).arms()).isEqualTo(events.get(1).arms());
  }

  @Test
  void shouldMakeThreeArmsOfTheSameObjectsThatCanBePrepared() {
    SampleNight sdss = SampleNight.simulate(EventKind.SDSS, 20);
    SampleNight desi = SampleNight.simulate(EventKind.DESI, 20);
    for (int i = 0; i < 20; i++) {
      ObservedSpectrum spectrum = desi.spectra().get(i);
      assertThat(spectrum.arms().stream().mapToInt(arm -> arm.flux().length).sum()).isEqualTo(7958);
      PreparedSpectrum three = PREPARER.prepare(spectrum, Instant.now());
      PreparedSpectrum one = PREPARER.prepare(sdss.spectra().get(i), Instant.now());
      assertThat(three.coverage()).isGreaterThan(one.coverage() - 0.05);
      assertThat(median(three.flux())).isCloseTo(median(one.flux()), byAThird(median(one.flux())));
    }
  }

  private static org.assertj.core.data.Offset<Double> byAThird(double value) {
    return org.assertj.core.api.Assertions.within(0.3 * Math.abs(value) + 0.5);
  }

  private static double median(float[] values) {
    float[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

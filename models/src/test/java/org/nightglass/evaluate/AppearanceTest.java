package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nightglass.evaluate.Appearances.Spread;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

class AppearanceTest {
  private static final int PIXELS = 4000;

  /** Blue half 10, red half 20, noise of 1; the last quarter is not covered. */
  private static PreparedSpectrum spectrum(double statedSigma) {
    Random random = new Random(1);
    float[] flux = new float[PIXELS];
    float[] ivar = new float[PIXELS];
    int covered = 3 * PIXELS / 4;
    for (int i = 0; i < covered; i++) {
      flux[i] = (float) ((i < covered / 2 ? 10 : 20) + random.nextGaussian());
      ivar[i] = (float) (1 / (statedSigma * statedSigma));
    }
    return new PreparedSpectrum(observation(), flux, ivar, 12, 0.75);
  }

  private static Observation observation() {
    return new Observation(
        "s",
        "t",
        ObjectKind.TARGET,
        "test",
        "p",
        "f",
        "e",
        1,
        null,
        null,
        60_000,
        null,
        "1",
        null,
        null);
  }

  @Test
  void shouldTellNoiseFromStatedNoise() {
    Appearance honest = Appearance.of(spectrum(1));
    assertThat(honest.noise()).isCloseTo(1, within(0.05));
    assertThat(honest.coverage()).isEqualTo(0.75);
    assertThat(honest.reddening()).isCloseTo(Math.log10(2), within(0.01));
    assertThat(Appearance.of(spectrum(0.5)).noise()).isCloseTo(2, within(0.1));
  }

  @Test
  void shouldSayNothingOfAnEmptySpectrum() {
    PreparedSpectrum empty =
        new PreparedSpectrum(observation(), new float[PIXELS], new float[PIXELS], 0, 0);
    assertThat(Appearance.of(empty)).isNull();
  }

  @Test
  void shouldShowHowTheSpectraOfEachClassLook() {
    List<Scored> scored = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      scored.add(scored("GALAXY", 1 + i, new Appearance(0.5 + 0.01 * i, 0.9, 0.1)));
      scored.add(scored("QSO", 5, null));
    }
    Evaluation evaluation =
        Evaluation.of(Examples.subject(200), scored, Examples.THREE, SnrBin.between(List.of(5.0)));
    assertThat(evaluation.appearances()).hasSize(1);
    Appearances galaxies = evaluation.appearances().get(0);
    assertThat(galaxies.label()).isEqualTo("GALAXY");
    assertThat(galaxies.spectra()).isEqualTo(100);
    assertThat(galaxies.snr()).isEqualTo(new Spread(17, 51, 85));
    assertThat(galaxies.noise().median()).isCloseTo(1, within(1e-9));
    String page = EvaluationHtml.page(evaluation, scored);
    assertThat(page).contains("What the spectra look like", "51.0 (17.0 … 85.0)", "id=\"noise-t\"");
  }

  private static Scored scored(String label, double snr, @Nullable Appearance appearance) {
    return new Scored(
        "s",
        label,
        0.1,
        snr,
        Map.of("GALAXY", 1.0, "QSO", 0.0, "STAR", 0.0),
        0.1,
        1e-4,
        1.0,
        true,
        Set.of(),
        appearance,
        null);
  }
}

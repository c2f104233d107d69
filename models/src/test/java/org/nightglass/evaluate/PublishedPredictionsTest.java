package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.SharedData;

/**
 * The scores of GaSNet-II's published predictions for 18,000 SDSS spectra, against figures that
 * were computed from the same table independently.
 */
class PublishedPredictionsTest {
  private static Evaluation evaluation;

  @BeforeAll
  static void evaluate() {
    Path file = SharedData.folder("published").resolve("gasnet2-test_results.fits.gz");
    Assumptions.assumeTrue(Files.isRegularFile(file), () -> "no file " + file);
    PublishedPredictions published = PublishedPredictions.read(file);
    assertThat(published.skipped()).isEmpty();
    evaluation =
        Evaluation.of(
            Examples.subject(published.scored().size()),
            published.scored(),
            Labels.asTheyCome(),
            SnrBin.between(List.of(1.0, 5.0)));
  }

  @ParameterizedTest
  @CsvSource({
    "GALAXY_AGN,         13.9, 6.3e-04, 6.7,  1.7,  0.03, 1.45e-03, 0.55",
    "GALAXY_STARBURST,   8.4,  3.2e-04, 2.3,  0.8,  0.00, 6.5e-04, 0.61",
    "GALAXY_STARFORMING, 11.35, 3.4e-04, 5.4,  1.9,  0.00, 9.5e-04, 0.54",
    "GALAXY,             2.7,  1.36e-03, 21.4, 9.3, 0.7,  6.2e-03, 0.70",
    "QSO_BROADLINE,      5.3,  2.95e-03, 35.6, 11.0, 0.7, 7.3e-03, 0.68",
    "QSO,                2.2,  8.7e-03, 68.8, 33.2, 5.5,  3.4e-02, 0.86",
  })
  void shouldReproduceTheKnownFigures(
      String label,
      String snr,
      String nmad,
      String above0003,
      String above001,
      String above015,
      String meanAbsolute,
      String pullWidth) {
    Score score =
        evaluation.classes().stream()
            .filter(s -> s.label().equals(label))
            .findFirst()
            .orElseThrow();
    RedshiftScore redshift = score.redshift();
    assertThat(score.spectra()).isEqualTo(3000);
    assertThat(printed(score.medianSnr(), snr)).isEqualTo(snr);
    assertThat(printed(redshift.nmad(), nmad)).isEqualTo(nmad);
    assertThat(percent(redshift, 0, above0003)).isEqualTo(above0003);
    assertThat(percent(redshift, 1, above001)).isEqualTo(above001);
    assertThat(percent(redshift, 2, above015)).isEqualTo(above015);
    assertThat(printed(redshift.meanAbsolute(), meanAbsolute)).isEqualTo(meanAbsolute);
    assertThat(printed(redshift.pullWidth(), pullWidth)).isEqualTo(pullWidth);
  }

  private static String percent(RedshiftScore score, int limit, String like) {
    return printed(100 * Objects.requireNonNull(score.outliers().get(limit).share().value()), like);
  }

  /** In the form of a given text: as many digits, with an exponent where it has one. */
  private static String printed(Double value, String like) {
    String mantissa = like.split("e", 2)[0];
    int digits = mantissa.length() - mantissa.indexOf('.') - 1;
    return ("%." + digits + (like.contains("e") ? "e" : "f")).formatted(value);
  }

  @Test
  void shouldLeaveNullWhatPointPredictionsDoNotTell() {
    assertThat(evaluation.confusion()).isNull();
    assertThat(evaluation.acceptance()).isEmpty();
    assertThat(evaluation.reliability()).isEmpty();
    assertThat(evaluation.all().classRight().value()).isNull();
    assertThat(evaluation.all().accepted().value()).isNull();
  }
}

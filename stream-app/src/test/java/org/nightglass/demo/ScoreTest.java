package org.nightglass.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.simulate.Truth;

class ScoreTest {
  private final Score score = new Score();

  @Test
  void shouldTakeASubclassForItsFamily() {
    score.add(new Truth("GALAXY", 0.3, 5), result("GALAXY_AGN", 0.3, true));
    score.add(new Truth("GALAXY", 0.3, 5), result("QSO_BROADLINE", 0.3, true));
    score.add(new Truth("STAR", 0, 5), result("STAR_K5", 0.0, true));
    assertThat(score.rows().get("GALAXY")).isEqualTo(new Score.Row(2, 1, 2, 0));
    assertThat(score.rows().get("STAR")).isEqualTo(new Score.Row(1, 1, 1, 0));
    assertThat(score.lines().get(0)).contains("family right  50.0 %");
  }

  @Test
  void shouldCountAcceptedRedshiftsThatAreOff() {
    score.add(new Truth("QSO", 1, 5), result("QSO", 1.03, true));
    score.add(new Truth("QSO", 1, 5), result("QSO", 1.03, false));
    score.add(new Truth("QSO", 1, 5), result("QSO", 1.01, true));
    assertThat(score.rows().get("QSO")).isEqualTo(new Score.Row(3, 3, 2, 1));
  }

  @Test
  void shouldNotCallAnyClassOfEmptySkyRight() {
    score.add(new Truth(Truth.SKY, 0, 0), result("GALAXY", 0.5, false));
    assertThat(score.rows().get(Truth.SKY).rightFamily()).isZero();
    assertThat(score.lines().get(0)).contains("family right       –");
  }

  private static SpectrumResult result(String label, double z, boolean good) {
    SpectrumResult result = new SpectrumResult();
    result.setClassLabel(label);
    result.setZ(z);
    result.setGoodZ(good);
    return result;
  }
}

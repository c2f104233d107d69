package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedshiftScoreTest {
  /** dz = −0.002, 0, 0.001, 0.004, 0.2: median 0.001, deviations 0.003, 0.001, 0, 0.003, 0.199. */
  private static final List<Scored> FIVE =
      List.of(
          Examples.redshift("GALAXY", -0.002, 0.001),
          Examples.redshift("GALAXY", 0.0, 0.001),
          Examples.redshift("GALAXY", 0.001, 0.002),
          Examples.redshift("GALAXY", 0.004, 0.008),
          Examples.redshift("GALAXY", 0.2, 0.05));

  @Test
  void shouldComputeErrorsAsDefined() {
    RedshiftScore score = RedshiftScore.of(FIVE);
    assertThat(score.estimated()).isEqualTo(5);
    assertThat(score.bias()).isCloseTo(0.001, within(1e-12));
    assertThat(score.nmad()).isCloseTo(1.4826 * 0.003, within(1e-12));
    assertThat(score.meanAbsolute()).isCloseTo(0.207 / 5, within(1e-12));
    assertThat(score.outliers())
        .extracting(o -> o.limit(), o -> o.share().part())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0.003, 2),
            org.assertj.core.groups.Tuple.tuple(0.01, 1),
            org.assertj.core.groups.Tuple.tuple(0.15, 1));
  }

  /** Pulls −2, 0, 0.5, 0.5, 4: median 0.5, deviations 2.5, 0.5, 0, 0, 3.5. */
  @Test
  void shouldComputePullsAndCoverage() {
    RedshiftScore score = RedshiftScore.of(FIVE);
    assertThat(score.pullWidth()).isCloseTo(1.4826 * 0.5, within(1e-12));
    assertThat(score.within1Sigma().part()).isEqualTo(3);
    assertThat(score.within2Sigma().part()).isEqualTo(4);
    assertThat(score.within2Sigma().whole()).isEqualTo(5);
  }

  @Test
  void shouldDivideByOnePlusTheTrueRedshift() {
    Scored scored = new Scored("s", "QSO", 1.0, 5.0, Map.of(), 1.02, 0.04, null, null);
    assertThat(scored.dz()).isCloseTo(0.01, within(1e-12));
    assertThat(scored.pull()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void shouldLeaveOutErrorsThatAreNotGiven() {
    Scored without = new Scored("s", "QSO", 1.0, 5.0, Map.of(), 1.02, null, null, null);
    RedshiftScore score = RedshiftScore.of(List.of(without));
    assertThat(score.estimated()).isOne();
    assertThat(score.pullWidth()).isNull();
    assertThat(score.within1Sigma()).isEqualTo(Ratio.of(0, 0));
  }

  @Test
  void shouldBeNullOfNothing() {
    RedshiftScore score = RedshiftScore.of(List.of());
    assertThat(score.nmad()).isNull();
    assertThat(score.bias()).isNull();
    assertThat(score.meanAbsolute()).isNull();
    assertThat(score.pullWidth()).isNull();
  }

  @Test
  void shouldRefuseNumbersThatWouldSpoilTheRest() {
    assertThatThrownBy(() -> Examples.redshift("QSO", Double.NaN, 1)).hasMessageContaining("z is");
    assertThatThrownBy(() -> Examples.redshift("QSO", -1, 1)).hasMessageContaining("z is -1");
    assertThatThrownBy(() -> Examples.redshift("QSO", 1, 0)).hasMessageContaining("z_err is 0");
  }
}

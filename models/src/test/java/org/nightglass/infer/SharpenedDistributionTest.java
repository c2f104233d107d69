package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SharpenedDistributionTest {

  @Test
  void shouldReachAsFarAsTheSecondPeakWhereTheMainOneIsInDoubt() {
    double[] p = peaks(0.7, 0.3);
    assertThat(SharpenedDistribution.doubt(p, 30, 1)).isEqualTo(20);
    assertThat(SharpenedDistribution.doubt(p, 30, 2)).as("0.49 to 0.09").isEqualTo(20);
    assertThat(SharpenedDistribution.doubt(p, 30, 4)).as("0.24 to 0.008").isZero();
  }

  @Test
  void shouldHaveNoDoubtOfAPeakThatHoldsNearlyAll() {
    assertThat(SharpenedDistribution.doubt(peaks(0.96, 0.04), 30, 1)).isZero();
    assertThat(SharpenedDistribution.doubt(peaks(0.96, 0.04), 30, 0.5))
        .as("blunted: 0.83 to 0.17")
        .isEqualTo(20);
  }

  @Test
  void shouldReachOverMostOfAFlatDistribution() {
    double[] flat = new double[101];
    Arrays.fill(flat, 1.0 / 101);
    assertThat(SharpenedDistribution.doubt(flat, 50, 2)).isBetween(23.5, 24.5);
    assertThat(SharpenedDistribution.doubt(flat, 0, 2)).as("one-sided").isBetween(47.0, 49.0);
  }

  /** Five bins around it hold most, though it holds nothing itself. */
  @Test
  void shouldStayFiniteWhereThePeaksOwnBinIsEmpty() {
    double[] p = new double[100];
    p[28] = 0.4;
    p[32] = 0.4;
    p[70] = 0.2;
    int peak = SharpenedDistribution.peak(p);
    double[] logarithms = SharpenedDistribution.logarithms(p);
    assertThat(SharpenedDistribution.share(logarithms, peak, 1)).isCloseTo(0.8, within(1e-12));
    assertThat(SharpenedDistribution.share(logarithms, peak, 2))
        .isCloseTo(0.32 / 0.36, within(1e-12));
    assertThat(SharpenedDistribution.doubt(p, peak, 3)).isFinite();
  }

  private static double[] peaks(double main, double other) {
    double[] p = new double[100];
    p[30] = main;
    p[70] = other;
    return p;
  }
}

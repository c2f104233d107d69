package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;

class RedshiftDecoderTest {
  private static final int BINS = 896;
  private static final double STEP = 4e-4;
  private static final Network NETWORK =
      new Network("galaxy", "serve", "serving_default", "x", "p", "contrast2");

  @ParameterizedTest
  @ValueSource(doubles = {30, 412.0, 412.3, 412.5, 800.8})
  void shouldFindTheCentreOfAPeak(double bin) {
    RedshiftEstimate estimate = decode(1, gaussian(bin, 1.5));
    assertThat(bin(estimate.z())).isCloseTo(bin, within(0.01));
    assertThat(estimate.peakProbability()).isCloseTo(1, within(1e-3));
    assertThat(estimate.alternativeZ()).isNull();
    assertThat(estimate.alternativeProbability()).isNull();
  }

  /** Variance of the peak, 1.5² bins, and of a bin, 1/12; one bin is step · ln 10 in dz/(1+z). */
  @Test
  void shouldTakeTheWidthOfThePeakForTheError() {
    RedshiftEstimate estimate = decode(1, gaussian(300, 1.5));
    double sigma = Math.sqrt(1.5 * 1.5 + 1.0 / 12) * STEP * Math.log(10);
    assertThat(estimate.zErr() / (1 + estimate.z())).isCloseTo(sigma, within(0.01 * sigma));
  }

  @Test
  void shouldAddTheMembersSpreadToTheError() {
    RedshiftEstimate estimate = decode(2, gaussian(299, 1), gaussian(301, 1));
    // Peak of the mean: variance 1 + 1; bin: 1/12; members: 1.
    double sigma = Math.sqrt(3 + 1.0 / 12) * STEP * Math.log(10);
    assertThat(estimate.zErr() / (1 + estimate.z())).isCloseTo(sigma, within(0.01 * sigma));
    assertThat(bin(estimate.memberZ()[0])).isCloseTo(299, within(0.01));
    assertThat(bin(estimate.memberZ()[1])).isCloseTo(301, within(0.01));
    assertThat(bin(estimate.z())).isCloseTo(300, within(0.01));
  }

  @Test
  void shouldGiveALargeErrorWhereMembersDisagree() {
    RedshiftEstimate estimate = decode(3, gaussian(300, 1), gaussian(300, 1), gaussian(600, 1));
    assertThat(bin(estimate.z())).isCloseTo(300, within(0.01));
    double spread = Math.sqrt(300 * 300 / 3.0) * STEP * Math.log(10);
    assertThat(estimate.zErr() / (1 + estimate.z())).isCloseTo(spread, within(0.01 * spread));
    assertThat(bin(estimate.alternativeZ())).isCloseTo(600, within(0.01));
    assertThat(estimate.alternativeProbability()).isCloseTo(1 / 3.0, within(1e-3));
    assertThat(estimate.peakProbability()).as("each at its own peak").isCloseTo(1, within(1e-3));
  }

  @Test
  void shouldPreferTheBroadPeakThatHoldsMoreToTheTallOne() {
    double[] mixed = gaussian(200, 1.5);
    for (int b = 0; b < BINS; b++) {
      mixed[b] = 0.7 * mixed[b] + (b == 700 ? 0.3 : 0);
    }
    RedshiftEstimate estimate = decode(1, mixed);
    assertThat(bin(estimate.z())).isCloseTo(200, within(0.01));
    assertThat(bin(estimate.alternativeZ())).isCloseTo(700, within(0.01));
    assertThat(estimate.alternativeProbability()).isCloseTo(0.3, within(1e-3));
    assertThat(estimate.peakProbability()).isCloseTo(0.7, within(1e-3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 450, 894, 895})
  void shouldFindASingleBinToItsCentre(int bin) {
    double[] one = new double[BINS];
    one[bin] = 1;
    RedshiftEstimate estimate = decode(1, one);
    assertThat(bin(estimate.z())).isCloseTo(bin, within(1e-9));
    assertThat(estimate.zErr()).isPositive();
  }

  @Test
  void shouldStayFiniteOnAFlatDistribution() {
    double[] flat = new double[BINS];
    java.util.Arrays.fill(flat, 1.0 / BINS);
    RedshiftEstimate estimate = decode(1, flat);
    assertThat(estimate.z()).isFinite();
    assertThat(estimate.zErr()).isFinite().isPositive();
    assertThat(estimate.peakProbability()).isBetween(7.0 / BINS, 13.01 / BINS);
    assertThat(estimate.alternativeProbability()).isBetween(7.0 / BINS, 13.01 / BINS);
  }

  @Test
  void shouldCalibrateTheError() {
    ErrorCalibration calibration = new ErrorCalibration(0.3, 0.8, -0.2);
    RedshiftEstimate raw = decode(1, gaussian(300, 1.5));
    for (double snr : new double[] {-3, 0.1, 7}) {
      RedshiftEstimate estimate =
          new RedshiftDecoder(distributions(1, calibration))
              .decode(output(gaussian(300, 1.5)), 0, snr);
      double expected =
          Math.exp(
              0.3
                  + 0.8 * Math.log(raw.zErr() / (1 + raw.z()))
                  - 0.2 * Math.log(Math.max(snr, 0.1)));
      assertThat(estimate.zErr() / (1 + estimate.z()))
          .as("S/N %f", snr)
          .isCloseTo(expected, within(1e-9));
    }
  }

  @Test
  void shouldReachForAnotherPeakOnlyWhereTheCardStatesASharpness() {
    double[] mixed = gaussian(200, 1.5);
    double[] other = gaussian(700, 1.5);
    for (int b = 0; b < BINS; b++) {
      mixed[b] = 0.7 * mixed[b] + 0.3 * other[b];
    }
    ErrorCalibration peaks = new ErrorCalibration(-9, 0, 0);
    double alone = error(peaks, mixed);
    assertThat(alone).isCloseTo(Math.exp(-9), within(1e-9));
    double doubting = error(peaks.with(-9, 1.0), mixed);
    assertThat(doubting).isCloseTo(251 * STEP * Math.log(10), within(STEP));
    assertThat(error(peaks.with(-9, 8.0), mixed)).as("sharp enough").isEqualTo(alone);
  }

  private static double error(ErrorCalibration calibration, double[] distribution) {
    RedshiftEstimate estimate =
        new RedshiftDecoder(distributions(1, calibration)).decode(output(distribution), 0, 5);
    return estimate.zErr() / (1 + estimate.z());
  }

  @Test
  void shouldNeverGiveAnErrorOfZeroOrInfinity() {
    for (double w : new double[] {-100, 100}) {
      RedshiftEstimate estimate =
          new RedshiftDecoder(distributions(1, new ErrorCalibration(w, w, w)))
              .decode(output(gaussian(300, 1.5)), 0, 1e30);
      assertThat(estimate.zErr()).as("w = %f", w).isFinite().isPositive();
    }
  }

  @Test
  void shouldReadTheSpectrumAtTheOffset() {
    float[] two = new float[2 * BINS];
    two[100] = 1;
    two[BINS + 200] = 1;
    RedshiftDecoder decoder = new RedshiftDecoder(distributions(1, null));
    assertThat(decoder.size()).isEqualTo(BINS);
    assertThat(bin(decoder.decode(two, BINS, 1).z())).isCloseTo(200, within(1e-9));
  }

  @Test
  void shouldTakeMeanAndDeviationOfPointsAsGasnetDoes() {
    Redshift points =
        new Redshift(List.of("QSO"), NETWORK, RedshiftKind.POINTS, 4, null, null, null, 10.0, null);
    RedshiftEstimate estimate =
        new RedshiftDecoder(points).decode(new float[] {9, 20, 22, 18, 20}, 1, 1);
    assertThat(estimate.z()).isCloseTo(2, within(1e-6));
    assertThat(estimate.zErr()).isCloseTo(Math.sqrt(0.02), within(1e-6));
    assertThat(estimate.memberZ()).containsExactly(new double[] {2, 2.2, 1.8, 2}, within(1e-6));
    RedshiftEstimate agreed = new RedshiftDecoder(points).decode(new float[] {5, 5, 5, 5}, 0, 1);
    assertThat(agreed.zErr()).as("never 0").isCloseTo(1.5e-6, within(1e-9));
  }

  @Test
  void shouldRefuseNumbersThatAreNoDistribution() {
    assertThatThrownBy(() -> decode(1, new double[BINS]))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("member 0 of the redshift ensemble for [GALAXY]")
        .hasMessageContaining("add up to 0.0, not 1");
  }

  private static RedshiftEstimate decode(int members, double[]... distributions) {
    return new RedshiftDecoder(distributions(members, null)).decode(output(distributions), 0, 5);
  }

  private static Redshift distributions(int members, ErrorCalibration calibration) {
    return new Redshift(
        List.of("GALAXY"),
        NETWORK,
        RedshiftKind.DISTRIBUTION,
        members,
        0.0,
        STEP,
        BINS,
        null,
        calibration);
  }

  private static float[] output(double[]... distributions) {
    float[] output = new float[distributions.length * BINS];
    for (int m = 0; m < distributions.length; m++) {
      for (int b = 0; b < BINS; b++) {
        output[m * BINS + b] = (float) distributions[m][b];
      }
    }
    return output;
  }

  private static double[] gaussian(double centre, double width) {
    double[] p = new double[BINS];
    double sum = 0;
    for (int b = 0; b < BINS; b++) {
      p[b] = Math.exp(-0.5 * Math.pow((b - centre) / width, 2));
      sum += p[b];
    }
    for (int b = 0; b < BINS; b++) {
      p[b] /= sum;
    }
    return p;
  }

  private static double bin(double z) {
    return Math.log10(1 + z) / STEP;
  }
}

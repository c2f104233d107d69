package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.RedshiftEstimate;

class CalibrationTest {

  @Test
  void shouldFindTheTemperatureThatLogitsWereScaledBy() {
    Random random = new Random(1);
    int n = 20_000;
    float[][] logits = new float[n][3];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      float[] honest = new float[3];
      for (int c = 0; c < 3; c++) {
        honest[c] = (float) (2 * random.nextGaussian());
        logits[i][c] = 2.5f * honest[c];
      }
      double[] p = Calibration.softmax(honest, 1);
      double lot = random.nextDouble();
      labels[i] = lot < p[0] ? 0 : lot < p[0] + p[1] ? 1 : 2;
    }
    assertThat(Calibration.temperature(logits, labels)).isCloseTo(2.5, within(0.1));
  }

  @Test
  void shouldMakeErrorsRightDespiteOutliers() {
    Random random = new Random(2);
    List<RedshiftEstimate> estimates = new ArrayList<>();
    int n = 4000;
    double[] z = new double[n];
    double[] snr = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextDouble();
      snr[i] = Math.exp(3 * random.nextDouble());
      double raw = 1e-4 * Math.exp(random.nextGaussian());
      double sigma = Math.exp(0.7 + 1.2 * Math.log(raw) - 0.3 * Math.log(snr[i]));
      double dz = sigma * random.nextGaussian();
      if (i % 20 == 0) {
        dz = 0.5;
      }
      double found = z[i] + dz * (1 + z[i]);
      estimates.add(
          new RedshiftEstimate(found, raw * (1 + found), new double[] {found}, 1.0, null, null));
    }
    ErrorCalibration c = Calibration.errors(estimates, z, snr, 0.01);
    assertThat(c.w1()).isCloseTo(1.2, within(0.08));
    assertThat(c.w2()).isCloseTo(-0.3, within(0.08));
    double[] pulls = new double[n];
    for (int i = 0; i < n; i++) {
      RedshiftEstimate e = estimates.get(i);
      double raw = e.zErr() / (1 + e.z());
      double sigma = Math.exp(c.w0() + c.w1() * Math.log(raw) + c.w2() * Math.log(snr[i]));
      pulls[i] = (e.z() - z[i]) / (1 + z[i]) / sigma;
    }
    assertThat(Statistics.nmad(pulls)).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldMakeErrorsOfLongTailsCoverWhatTheyPromise() {
    Random random = new Random(5);
    int n = 8000;
    List<RedshiftEstimate> estimates = new ArrayList<>();
    double[] z = new double[n];
    double[] snr = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextDouble();
      snr[i] = Math.exp(3 * random.nextDouble());
      // One in five spectra is twice as uncertain as its raw error says; one in 25 is lost.
      double raw = 1e-3 / snr[i];
      double dz = raw * (i % 5 == 0 ? 2 : 1) * random.nextGaussian() + (i % 25 == 0 ? 0.3 : 0);
      double found = z[i] + dz * (1 + z[i]);
      estimates.add(
          new RedshiftEstimate(found, raw * (1 + found), new double[] {found}, 1.0, null, null));
    }
    ErrorCalibration c = Calibration.errors(estimates, z, snr, 0.003);
    double[] pulls = new double[n];
    for (int i = 0; i < n; i++) {
      RedshiftEstimate e = estimates.get(i);
      double ln = c.w0() + c.w1() * Math.log(e.zErr() / (1 + e.z())) + c.w2() * Math.log(snr[i]);
      Double floor = c.floor();
      double sigma = Math.hypot(Math.exp(ln), floor == null ? 0 : floor);
      pulls[i] = (e.z() - z[i]) / (1 + z[i]) / sigma;
    }
    double[] right = Arrays.stream(pulls).filter(pull -> Math.abs(pull) < 20).toArray();
    assertThat(right.length).isBetween(7600, 7700);
    assertThat(1 - Statistics.shareAbove(right, 1)).isCloseTo(0.68, within(0.04));
    assertThat(1 - Statistics.shareAbove(right, 2)).isCloseTo(0.95, within(0.015));
    assertThat(Statistics.nmad(right)).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldFindTheWidthOfPulls() {
    Random random = new Random(6);
    double[] pulls =
        random.doubles(20_000, 0, 1).map(u -> Math.abs(random.nextGaussian())).toArray();
    assertThat(Calibration.width(pulls)).isCloseTo(1, within(0.03));
    double[] wide = Arrays.stream(pulls).map(pull -> 3 * pull).toArray();
    assertThat(Calibration.width(wide)).isCloseTo(3 * Calibration.width(pulls), within(1e-9));
  }

  @Test
  void shouldFindTheFloorBelowWhichErrorsDoNotFall() {
    Random random = new Random(4);
    int n = 8000;
    List<RedshiftEstimate> estimates = new ArrayList<>();
    double[] z = new double[n];
    double[] snr = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextDouble();
      snr[i] = Math.exp(4 * random.nextDouble());
      double raw = 2e-3 / snr[i] * Math.exp(0.2 * random.nextGaussian());
      double dz = Math.hypot(raw, 2e-4) * random.nextGaussian();
      double found = z[i] + dz * (1 + z[i]);
      estimates.add(
          new RedshiftEstimate(found, raw * (1 + found), new double[] {found}, 1.0, null, null));
    }
    ErrorCalibration c = Calibration.errors(estimates, z, snr, 0.01);
    assertThat(c.floor()).isBetween(1.5e-4, 3e-4);
    for (double[] range : new double[][] {{1, 5}, {5, 20}, {20, 60}}) {
      List<Double> pulls = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        if (snr[i] >= range[0] && snr[i] < range[1]) {
          double raw = estimates.get(i).zErr() / (1 + estimates.get(i).z());
          double ln = c.w0() + c.w1() * Math.log(raw) + c.w2() * Math.log(snr[i]);
          double sigma = Math.hypot(Math.exp(ln), c.floor());
          pulls.add((estimates.get(i).z() - z[i]) / (1 + z[i]) / sigma);
        }
      }
      assertThat(Statistics.nmad(pulls.stream().mapToDouble(Double::doubleValue).toArray()))
          .as("pull width at S/N %s to %s", range[0], range[1])
          .isBetween(0.9, 1.1);
    }
  }

  @Test
  void shouldLoseHardlyAnySourceToTheOutlierLimit() {
    double[] outliers = new double[1000];
    for (int i = 0; i < outliers.length; i++) {
      outliers[i] = i / 1000.0;
    }
    assertThat(Calibration.outlierLimit(outliers)).isCloseTo(0.995, within(1e-9));
    assertThat(Calibration.outlierLimit(new double[] {0.01, 0.02})).isEqualTo(0.5);
  }

  @Test
  void shouldSpreadTargetsOverNeighbouringBins() {
    RedshiftTarget.Bins bins = new RedshiftTarget.Bins(-16e-4, 4e-4, 896);
    float[] target = new float[896];
    bins.write(Math.pow(10, 0.1) - 1, target, 0);
    double centre = 0;
    double sum = 0;
    for (int b = 0; b < 896; b++) {
      centre += b * target[b];
      sum += target[b];
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(centre).isCloseTo((0.1 + 16e-4) / 4e-4, within(0.01));
    bins.write(50, target, 0);
    assertThat(target[895]).as("beyond the last bin").isPositive();
  }
}

package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SharpenedDistribution;
import org.nightglass.simulate.SourceClass;

class ErrorFitTest {

  @Test
  void shouldMakeErrorsRightDespiteOutliers() {
    Random random = new Random(2);
    List<Answer> answers = new ArrayList<>();
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
      answers.add(answer(z[i], snr[i], found, raw));
    }
    ErrorCalibration c = ErrorFit.ofPeaks(answers);
    assertThat(c.w1()).isCloseTo(1.2, within(0.08));
    assertThat(c.w2()).isCloseTo(-0.3, within(0.08));
    double[] pulls = answers.stream().mapToDouble(answer -> pull(answer, c)).toArray();
    assertThat(Statistics.nmad(pulls)).isCloseTo(1, within(0.1));
  }

  @Test
  void shouldMakeErrorsOfLongTailsCoverWhatTheyPromise() {
    Random random = new Random(5);
    int n = 8000;
    List<Answer> answers = new ArrayList<>();
    double[] z = new double[n];
    double[] snr = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextDouble();
      snr[i] = Math.exp(3 * random.nextDouble());
      // One in five spectra is twice as uncertain as its raw error says; one in 25 is lost.
      double raw = 1e-3 / snr[i];
      double dz = raw * (i % 5 == 0 ? 2 : 1) * random.nextGaussian() + (i % 25 == 0 ? 0.3 : 0);
      double found = z[i] + dz * (1 + z[i]);
      answers.add(answer(z[i], snr[i], found, raw));
    }
    ErrorCalibration c = ErrorFit.ofPeaks(answers);
    double[] pulls = answers.stream().mapToDouble(answer -> pull(answer, c)).toArray();
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
    assertThat(ErrorFit.width(pulls)).isCloseTo(1, within(0.03));
    double[] wide = Arrays.stream(pulls).map(pull -> 3 * pull).toArray();
    assertThat(ErrorFit.width(wide)).isCloseTo(3 * ErrorFit.width(pulls), within(1e-9));
  }

  @Test
  void shouldFindTheFloorBelowWhichErrorsDoNotFall() {
    Random random = new Random(4);
    int n = 8000;
    List<Answer> answers = new ArrayList<>();
    double[] z = new double[n];
    double[] snr = new double[n];
    for (int i = 0; i < n; i++) {
      z[i] = random.nextDouble();
      snr[i] = Math.exp(4 * random.nextDouble());
      double raw = 2e-3 / snr[i] * Math.exp(0.2 * random.nextGaussian());
      double dz = Math.hypot(raw, 2e-4) * random.nextGaussian();
      double found = z[i] + dz * (1 + z[i]);
      answers.add(answer(z[i], snr[i], found, raw));
    }
    ErrorCalibration c = ErrorFit.ofPeaks(answers);
    assertThat(c.floor()).isBetween(1.5e-4, 3e-4);
    for (double[] range : new double[][] {{1, 5}, {5, 20}, {20, 60}}) {
      double[] pulls =
          answers.stream()
              .filter(answer -> answer.snr() >= range[0] && answer.snr() < range[1])
              .mapToDouble(answer -> pull(answer, c))
              .toArray();
      assertThat(Statistics.nmad(pulls))
          .as("pull width at S/N %s to %s", range[0], range[1])
          .isBetween(0.9, 1.1);
    }
  }

  /** One in five has another peak as high, and there the main one is wrong half of the time. */
  @Test
  void shouldReachForOtherPeaksWhereTheMainOneMayBeWrong() {
    Random random = new Random(7);
    RedshiftTarget.Bins bins = new RedshiftTarget.Bins(0, 4e-4, 896);
    int n = 4000;
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      boolean twofold = i % 5 == 0;
      double raw = 2e-4;
      double found = Math.pow(10, 200 * 4e-4) - 1;
      double dz = raw * random.nextGaussian();
      double other = Math.pow(10, 500 * 4e-4) - 1;
      double z = twofold && i % 10 == 0 ? other : (found - dz) / (1 + dz);
      double[] p = new double[896];
      p[200] = twofold ? 0.5 : 0.9;
      p[500] = 1 - p[200];
      RedshiftEstimate estimate =
          new RedshiftEstimate(
              found, raw * (1 + found), new double[] {found}, p[200], other, p[500]);
      answers.add(new Answer(SourceClass.GALAXY, z, 5, estimate, p));
    }
    ErrorCalibration peaks = ErrorFit.ofPeaks(answers);
    ErrorCalibration all = ErrorFit.ofAll(peaks, answers, bins);
    assertThat(peaks.sharpness()).isNull();
    double sharpness = Objects.requireNonNull(all.sharpness());
    assertThat(sharpness).as("0.9 stands for always right").isGreaterThan(2);
    double doubt = 300 / 2.0 * 4e-4 * Math.log(10);
    int within = 0;
    for (Answer answer : answers) {
      double[] p = Objects.requireNonNull(answer.distribution());
      double reach = SharpenedDistribution.doubt(p, 200, sharpness) * 4e-4 * Math.log(10);
      assertThat(reach).isCloseTo(p[200] < 0.9 ? doubt : 0, within(1e-9));
      double sigma = Math.max(reach, all.sigma(answer.error(), answer.snr()));
      within += Math.abs(answer.dz()) <= 2 * sigma ? 1 : 0;
    }
    assertThat(within / (double) n).as("of all, the wrong ones too").isBetween(0.93, 0.98);
    long few = answers.stream().filter(a -> Math.abs(pull(a, peaks)) <= 2).count();
    assertThat(few / (double) n).as("by the peaks alone").isLessThan(0.9);
  }

  /** By the formula as the card states it. */
  private static double pull(Answer answer, ErrorCalibration c) {
    double ln = c.w0() + c.w1() * Math.log(answer.error()) + c.w2() * Math.log(answer.snr());
    Double floor = c.floor();
    return answer.dz() / Math.hypot(Math.exp(ln), floor == null ? 0 : floor);
  }

  private static Answer answer(double z, double snr, double found, double raw) {
    RedshiftEstimate estimate =
        new RedshiftEstimate(found, raw * (1 + found), new double[] {found}, 1.0, null, null);
    return new Answer(SourceClass.QSO, z, snr, estimate, null);
  }
}

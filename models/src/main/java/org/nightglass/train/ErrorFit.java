package org.nightglass.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.SharpenedDistribution;

/** Fits redshifts' errors on spectra that no network has seen. */
final class ErrorFit {
  private static final double[] FLOORS = {
    0, 1e-5, 2e-5, 3e-5, 5e-5, 7e-5, 1e-4, 1.5e-4, 2e-4, 3e-4, 5e-4, 7e-4, 1e-3, 1.5e-3
  };
  private static final double STEEPEST = 20;
  private static final double LEAST_SNR = 0.1;
  private static final double LEAST_SIZE = 1e-8;

  /** How far w0 is looked for: a factor of 7. */
  private static final double FURTHEST = 2;

  private static final int ERROR_BINS = 8;
  private static final double GAUSSIAN_MEDIAN = 0.6745;
  private static final double[] SHARES = {0.5, 0.6827, 0.9545};
  private static final double[] WITHIN = {GAUSSIAN_MEDIAN, 1, 2};

  private ErrorFit() {}

  /**
   * Fits σ² = exp(2·(w0 + w1·ln σ_raw + w2·ln S/N)) + floor².
   *
   * <p>Only redshifts that are right take part: a wrong peak has no error but a probability. Where
   * fewer than half are, as of networks that have learned little, all do.
   *
   * <p>The weights make the median of |dz|/σ that of a Gaussian, 0.6745, by a regression to the
   * median. With a floor they are fitted to the half of the spectra with the larger raw errors,
   * which it does not touch. Of several floors that one is taken with which bins of rising error
   * come nearest to {@link #width} 1 each. Last, w0 is moved until the width of all these is 1.
   *
   * @param answers without calibration, so that their errors are raw
   */
  static ErrorCalibration ofPeaks(List<Answer> answers) {
    List<Answer> right = answers.stream().filter(Answer::right).toList();
    List<Answer> used = 2 * right.size() < answers.size() ? answers : right;
    int n = used.size();
    double[][] x = new double[n][];
    double[] size = new double[n];
    for (int k = 0; k < n; k++) {
      Answer answer = used.get(k);
      x[k] =
          new double[] {1, Math.log(answer.error()), Math.log(Math.max(answer.snr(), LEAST_SNR))};
      size[k] = Math.max(Math.abs(answer.dz()), LEAST_SIZE);
    }
    ErrorCalibration best = scaled(withoutFloor(x, size), null, x, size);
    double least = unevenness(best, x, size);
    double[] raws = Arrays.stream(x).mapToDouble(row -> row[1]).sorted().toArray();
    double middle = n == 0 ? 0 : raws[n / 2];
    int[] large = IntStream.range(0, n).filter(i -> x[i][1] >= middle).toArray();
    ErrorCalibration upper =
        withoutFloor(
            IntStream.of(large).mapToObj(i -> x[i]).toArray(double[][]::new),
            IntStream.of(large).mapToDouble(i -> size[i]).toArray());
    for (double floor : FLOORS) {
      ErrorCalibration candidate = scaled(upper, floor, x, size);
      double uneven = unevenness(candidate, x, size);
      if (uneven < least) {
        least = uneven;
        best = candidate;
      }
    }
    return best;
  }

  /**
   * The same for all redshifts, wrong ones too: with a sharpness, by which σ reaches for other
   * peaks, and w0 moved until the width of the pulls of all is 1.
   *
   * @param peaks as by {@link #ofPeaks}
   * @param answers as for it, with distributions
   * @param bins of the distributions
   */
  static ErrorCalibration ofAll(
      ErrorCalibration peaks, List<Answer> answers, RedshiftTarget.Bins bins) {
    List<double[]> distributions =
        answers.stream().map(a -> Objects.requireNonNull(a.distribution())).toList();
    double[] truths = answers.stream().mapToDouble(a -> bins.bin(a.z())).toArray();
    double sharpness = SharpnessFit.sharpness(distributions, truths);
    double[] doubts =
        distributions.stream()
            .mapToDouble(
                p -> SharpenedDistribution.doubt(p, SharpenedDistribution.peak(p), sharpness))
            .map(doubt -> doubt * bins.step() * Math.log(10))
            .toArray();
    double w0 =
        Statistics.root(
            candidate -> 1 - width(pulls(peaks.with(candidate, sharpness), answers, doubts)),
            peaks.w0() - FURTHEST,
            peaks.w0() + FURTHEST);
    return peaks.with(w0, sharpness);
  }

  private static double[] pulls(ErrorCalibration c, List<Answer> answers, double[] doubts) {
    return IntStream.range(0, doubts.length)
        .mapToDouble(
            i -> {
              Answer answer = answers.get(i);
              double sigma = Math.max(c.sigma(answer.error(), answer.snr()), doubts[i]);
              return Math.abs(answer.dz()) / sigma;
            })
        .toArray();
  }

  /**
   * How wide pulls are beside a Gaussian's: the geometric mean of three ratios, of the sizes that
   * half, 68.3 and 95.4 % of them stay within to 0.6745, 1 and 2. By the median alone the tails,
   * which are longer than a Gaussian's, would come out too often beyond 2σ.
   *
   * @param pulls |dz|/σ
   */
  static double width(double[] pulls) {
    if (pulls.length == 0) {
      return 1;
    }
    double[] sorted = pulls.clone();
    Arrays.sort(sorted);
    double sum = 0;
    for (int q = 0; q < SHARES.length; q++) {
      int index = (int) Math.min(sorted.length - 1.0, Math.floor(SHARES[q] * sorted.length));
      sum += Math.log(Math.max(sorted[index], 1e-6) / WITHIN[q]);
    }
    return Math.exp(sum / SHARES.length);
  }

  private static ErrorCalibration withoutFloor(double[][] x, double[] size) {
    double[] y = Arrays.stream(size).map(s -> Math.log(s / GAUSSIAN_MEDIAN)).toArray();
    double[] w = Statistics.medianRegression(x, y);
    if (Arrays.stream(w).allMatch(weight -> Math.abs(weight) <= STEEPEST)) {
      return new ErrorCalibration(w[0], w[1], w[2]);
    }
    // Raw errors that hardly differ, as of networks that have learned nothing, tell no slope.
    double[] offsets = IntStream.range(0, y.length).mapToDouble(i -> y[i] - x[i][1]).toArray();
    return new ErrorCalibration(Statistics.median(offsets), 1, 0);
  }

  /** Moves w0 until the width of all is 1. */
  private static ErrorCalibration scaled(
      ErrorCalibration c, @Nullable Double floor, double[][] x, double[] size) {
    ErrorCalibration floored = new ErrorCalibration(c.w0(), c.w1(), c.w2(), floor, null);
    double w0 =
        Statistics.root(
            candidate -> 1 - width(pulls(floored.with(candidate, null), x, size)),
            c.w0() - FURTHEST,
            c.w0() + FURTHEST);
    return floored.with(w0, null);
  }

  private static double sigma(ErrorCalibration c, double[] x) {
    return c.sigma(Math.exp(x[1]), Math.exp(x[2]));
  }

  private static double[] pulls(ErrorCalibration c, double[][] x, double[] size) {
    return IntStream.range(0, size.length).mapToDouble(i -> size[i] / sigma(c, x[i])).toArray();
  }

  /** Sum over bins of rising error of ln²(width of the pulls). */
  private static double unevenness(ErrorCalibration c, double[][] x, double[] size) {
    Integer[] order = IntStream.range(0, size.length).boxed().toArray(Integer[]::new);
    Arrays.sort(order, Comparator.comparingDouble(i -> sigma(c, x[i])));
    double[] pulls = pulls(c, x, size);
    double sum = 0;
    for (int b = 0; b < ERROR_BINS; b++) {
      int from = b * order.length / ERROR_BINS;
      int to = (b + 1) * order.length / ERROR_BINS;
      double[] own = IntStream.range(from, to).mapToDouble(i -> pulls[order[i]]).toArray();
      double log = Math.log(width(own));
      sum += log * log;
    }
    return sum;
  }
}

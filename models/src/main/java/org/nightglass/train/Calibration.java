package org.nightglass.train;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.RedshiftEstimate;

/** Fits what the networks themselves do not learn, on simulations that they have not seen. */
final class Calibration {
  /** Share of real sources that may be taken for none. */
  private static final double LOST = 0.005;

  /** Below even odds nothing is called an outlier. */
  private static final double LEAST_OUTLIER = 0.5;

  private static final double[] FLOORS = {
    0, 1e-5, 2e-5, 3e-5, 5e-5, 7e-5, 1e-4, 1.5e-4, 2e-4, 3e-4, 5e-4, 7e-4, 1e-3, 1.5e-3
  };
  private static final double STEEPEST = 20;
  private static final int ERROR_BINS = 8;
  private static final double GAUSSIAN_MEDIAN = 0.6745;
  private static final double[] SHARES = {0.5, 0.6827, 0.9545};
  private static final double[] WITHIN = {GAUSSIAN_MEDIAN, 1, 2};

  private Calibration() {}

  /**
   * The temperature that makes the likelihood of the true classes greatest (Guo et al. 2017).
   *
   * @param logits one row a spectrum
   * @param labels index of the true class
   */
  static double temperature(float[][] logits, int[] labels) {
    return Math.exp(
        Statistics.argmin(
            log -> negativeLogLikelihood(logits, labels, Math.exp(log)),
            Math.log(0.2),
            Math.log(10)));
  }

  private static double negativeLogLikelihood(float[][] logits, int[] labels, double temperature) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= Math.log(Math.max(1e-12, softmax(logits[i], temperature)[labels[i]]));
    }
    return sum / labels.length;
  }

  /** Probabilities of logits divided by the temperature. */
  static double[] softmax(float[] logits, double temperature) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp((logits[c] - greatest) / temperature);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /**
   * The limit above which a spectrum counts as no source: one in 200 real sources lies above it.
   *
   * @param outliers probabilities of being none that real sources were given
   */
  static double outlierLimit(double[] outliers) {
    if (outliers.length == 0) {
      return LEAST_OUTLIER;
    }
    double[] sorted = outliers.clone();
    Arrays.sort(sorted);
    int index = (int) Math.min(sorted.length - 1.0, Math.floor((1 - LOST) * sorted.length));
    return Math.min(0.999, Math.max(LEAST_OUTLIER, sorted[index]));
  }

  /**
   * Fits σ² = exp(2·(w0 + w1·ln σ_raw + w2·ln S/N)) + floor².
   *
   * <p>Only redshifts that are right take part: a wrong peak has no error but a probability. Where
   * fewer than half are, as of networks that have learned little, all do.
   *
   * <p>The weights make the median of |dz|/σ that of a Gaussian, 0.6745, by a regression to the
   * median. With a floor they are fitted to the half of the spectra with the larger raw errors,
   * which it does not touch. Of several floors that one is taken with which bins of rising error
   * come nearest to {@link #width} 1 each. Last, w0 is moved until the width of all is 1.
   *
   * @param estimates without calibration, so that their errors are raw
   * @param z the true redshifts
   * @param snr signal-to-noise ratios
   * @param tolerance greatest |dz|/(1+z) that is right
   */
  static ErrorCalibration errors(
      List<RedshiftEstimate> estimates, double[] z, double[] snr, double tolerance) {
    int[] all = IntStream.range(0, z.length).toArray();
    int[] right =
        IntStream.of(all)
            .filter(i -> Math.abs(estimates.get(i).z() - z[i]) <= tolerance * (1 + z[i]))
            .toArray();
    int[] used = 2 * right.length < all.length ? all : right;
    int n = used.length;
    double[][] x = new double[n][];
    double[] size = new double[n];
    for (int k = 0; k < n; k++) {
      int i = used[k];
      RedshiftEstimate e = estimates.get(i);
      double raw = e.zErr() / (1 + e.z());
      x[k] = new double[] {1, Math.log(raw), Math.log(Math.max(snr[i], 0.1))};
      size[k] = Math.max(Math.abs(e.z() - z[i]) / (1 + z[i]), 1e-8);
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
    double low = c.w0() - 2;
    double high = c.w0() + 2;
    for (int k = 0; k < 30; k++) {
      double middle = 0.5 * (low + high);
      ErrorCalibration candidate = new ErrorCalibration(middle, c.w1(), c.w2(), floor);
      if (width(pulls(candidate, x, size)) > 1) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new ErrorCalibration(0.5 * (low + high), c.w1(), c.w2(), floor);
  }

  private static double sigma(ErrorCalibration c, double[] x) {
    Double floor = c.floor();
    return Math.hypot(Math.exp(c.w0() + c.w1() * x[1] + c.w2() * x[2]), floor == null ? 0 : floor);
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

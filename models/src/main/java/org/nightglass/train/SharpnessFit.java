package org.nightglass.train;

import java.util.List;
import org.nightglass.infer.SharpenedDistribution;

/**
 * Fits how sure an ensemble may be of its peaks: the sharpness that makes the likelihood greatest
 * of the truth's lying in the main peak or not, as the sharpened distributions have it.
 */
final class SharpnessFit {
  private static final double GREATEST = 10;
  private static final double LEAST_SHARE = 1e-6;

  private SharpnessFit() {}

  /**
   * @param distributions each the mean of the members'
   * @param truths the bin, or the place between two, that the true redshift falls into
   * @return γ of {@link SharpenedDistribution}
   */
  static double sharpness(List<double[]> distributions, double[] truths) {
    int n = truths.length;
    int[] peaks = new int[n];
    double[][] logarithms = new double[n][];
    for (int i = 0; i < n; i++) {
      peaks[i] = SharpenedDistribution.peak(distributions.get(i));
      logarithms[i] = SharpenedDistribution.logarithms(distributions.get(i));
    }
    return Math.exp(
        Statistics.argmin(
            log -> negativeLogLikelihood(logarithms, peaks, truths, Math.exp(log)),
            -Math.log(GREATEST),
            Math.log(GREATEST)));
  }

  private static double negativeLogLikelihood(
      double[][] logarithms, int[] peaks, double[] truths, double sharpness) {
    double sum = 0;
    for (int i = 0; i < truths.length; i++) {
      double share = SharpenedDistribution.share(logarithms[i], peaks[i], sharpness);
      boolean right = SharpenedDistribution.within(peaks[i], truths[i]);
      sum -= Math.log(Math.max(LEAST_SHARE, right ? share : 1 - share));
    }
    return sum / truths.length;
  }
}

package org.nightglass.train;

import java.util.Arrays;

/** Fits what classifiers themselves do not learn, on spectra that they have not seen. */
final class ClassFit {
  /** Share of real sources that may be taken for none. */
  private static final double LOST = 0.005;

  /** Below even odds nothing is called an outlier. */
  private static final double LEAST_OUTLIER = 0.5;

  private ClassFit() {}

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
}

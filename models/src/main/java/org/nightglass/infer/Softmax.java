package org.nightglass.infer;

import java.util.Arrays;

/** From logits to probabilities. */
final class Softmax {
  private Softmax() {}

  /**
   * {@code exp(l/T) / Σ exp(l/T)}, with the greatest logit taken off first so that nothing
   * overflows.
   *
   * @param logits finite
   * @param temperature T, above 0
   */
  static double[] of(float[] logits, int offset, int classes, double temperature) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      greatest = Math.max(greatest, logits[offset + c]);
    }
    double[] probabilities = new double[classes];
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      probabilities[c] = Math.exp((logits[offset + c] - greatest) / temperature);
      sum += probabilities[c];
    }
    for (int c = 0; c < classes; c++) {
      probabilities[c] /= sum;
    }
    return probabilities;
  }

  /** The same of some scores as they are. */
  static double[] of(double[] scores) {
    double greatest = Arrays.stream(scores).max().orElse(0);
    double[] probabilities = Arrays.stream(scores).map(s -> Math.exp(s - greatest)).toArray();
    double sum = Arrays.stream(probabilities).sum();
    return Arrays.stream(probabilities).map(p -> p / sum).toArray();
  }
}

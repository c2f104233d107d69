package org.nightglass.simulate;

/** Broadens spectra. */
final class Smoothing {
  private Smoothing() {}

  /** Convolves with a Gaussian of σ pixels, in place; ends are repeated. */
  static void gaussian(double[] flux, double sigma) {
    int radius = (int) Math.ceil(3 * sigma);
    if (radius < 1) {
      return;
    }
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int k = -radius; k <= radius; k++) {
      kernel[k + radius] = Math.exp(-0.5 * k * k / (sigma * sigma));
      sum += kernel[k + radius];
    }
    double[] source = flux.clone();
    int last = flux.length - 1;
    for (int i = 0; i <= last; i++) {
      double value = 0;
      for (int k = -radius; k <= radius; k++) {
        value += kernel[k + radius] * source[Math.max(0, Math.min(last, i + k))];
      }
      flux[i] = value / sum;
    }
  }

  /** Replaces each value by the mean of those within {@code half} pixels, in place. */
  static void running(double[] flux, int half) {
    double[] integral = new double[flux.length + 1];
    for (int i = 0; i < flux.length; i++) {
      integral[i + 1] = integral[i] + flux[i];
    }
    for (int i = 0; i < flux.length; i++) {
      int from = Math.max(0, i - half);
      int to = Math.min(flux.length, i + half + 1);
      flux[i] = (integral[to] - integral[from]) / (to - from);
    }
  }
}

package org.nightglass.simulate;

import org.nightglass.spectrum.WavelengthGrid;

/** Vectors at rest on a log grid of 1e-4 a pixel, whose sums are spectra. */
final class RestBasis {
  private static final double STEP = 1e-4;

  private final double log10Start;
  private final double[][] vectors;

  private RestBasis(double log10Start, double[][] vectors) {
    this.log10Start = log10Start;
    this.vectors = vectors;
  }

  /**
   * Averages vectors over the pixels of the log grid.
   *
   * @param rows one row a vector, on {@code scale}
   */
  static RestBasis of(TemplateFile.PixelScale scale, double[][] rows) {
    int length = rows[0].length;
    double last = scale.first() + scale.step() * (length - 1);
    double start = scale.log() ? scale.first() : Math.log10(scale.first());
    double end = scale.log() ? last : Math.log10(last);
    int pixels = (int) Math.floor((end - start) / STEP) + 1;
    double[][] vectors = new double[rows.length][];
    for (int k = 0; k < rows.length; k++) {
      vectors[k] = average(scale, rows[k], start, pixels);
    }
    return new RestBasis(start, vectors);
  }

  /** Means over pixels, as differences of the running integral. */
  private static double[] average(
      TemplateFile.PixelScale scale, double[] row, double start, int pixels) {
    double[] integral = new double[row.length + 1];
    for (int i = 0; i < row.length; i++) {
      integral[i + 1] = integral[i] + (Double.isFinite(row[i]) ? row[i] : 0);
    }
    double[] vector = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      double low = edge(scale, start + (i - 0.5) * STEP, row.length);
      double high = edge(scale, start + (i + 0.5) * STEP, row.length);
      vector[i] = (at(integral, high) - at(integral, low)) / Math.max(high - low, 1e-9);
    }
    return vector;
  }

  /** Position of a wavelength among the row's pixel edges. */
  private static double edge(TemplateFile.PixelScale scale, double log10, int length) {
    double value = scale.log() ? log10 : Math.pow(10, log10);
    return Math.max(0, Math.min(length, (value - scale.first()) / scale.step() + 0.5));
  }

  private static double at(double[] integral, double position) {
    int i = (int) Math.min(integral.length - 2, Math.floor(position));
    return integral[i] + (position - i) * (integral[i + 1] - integral[i]);
  }

  int size() {
    return vectors.length;
  }

  /** Whether a wavelength at rest lies within. */
  boolean covers(double log10) {
    return log10 >= log10Start && log10 <= log10Start + STEP * (vectors[0].length - 1);
  }

  /**
   * Adds Σ cₖ·vₖ at a redshift to a spectrum. Beyond the vectors' ends their last value stands.
   *
   * @param grid observed, in steps of 1e-4: the shift is then the same for every pixel
   */
  void add(double[] coefficients, double z, WavelengthGrid.Log grid, double[] flux) {
    double shift = (grid.log10Start() - Math.log10(1 + z) - log10Start) / STEP;
    int whole = (int) Math.floor(shift);
    double fraction = shift - whole;
    int last = vectors[0].length - 1;
    for (int k = 0; k < coefficients.length; k++) {
      double weight = coefficients[k];
      if (weight == 0) {
        continue;
      }
      double[] vector = vectors[k];
      double left = weight * (1 - fraction);
      double right = weight * fraction;
      for (int i = 0; i < flux.length; i++) {
        int j = Math.max(0, Math.min(last, i + whole));
        flux[i] += left * vector[j] + right * vector[Math.min(last, j + 1)];
      }
    }
  }
}

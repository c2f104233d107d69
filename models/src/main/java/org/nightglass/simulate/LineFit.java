package org.nightglass.simulate;

import org.nightglass.spectrum.WavelengthGrid;

/**
 * Gaussian emission lines over a straight continuum, fitted to a noise-free spectrum by least
 * squares, all lines of one width, which is searched for.
 */
final class LineFit {
  private static final double[] WIDTHS_KMS = {
    60, 90, 130, 190, 280, 420, 630, 950, 1400, 2100, 3200, 4800
  };

  /** Greatest width of narrow lines. */
  static final double NARROW_KMS = 630;

  private final WavelengthGrid.Log grid;
  private final double[] flux;
  private final double[] sigma;

  /**
   * @param grid observed wavelengths
   * @param flux noise-free
   * @param sigma standard deviation of a pixel's noise; infinite where nothing was observed
   */
  LineFit(WavelengthGrid.Log grid, double[] flux, double[] sigma) {
    this.grid = grid;
    this.flux = flux;
    this.sigma = sigma;
  }

  /**
   * A line.
   *
   * @param flux summed over pixels, in units of flux × pixel
   * @param significance flux over its standard deviation
   * @param continuum flux density below it
   * @param sigmaKms width of the best fit
   */
  record Line(double flux, double significance, double continuum, double sigmaKms) {}

  /**
   * Fits lines that stand near each other.
   *
   * @param rest groups of wavelengths at rest (Å), each group's lines in fixed ratios
   * @param ratios of the lines of each group to its first
   * @param halfWindow half width of the window about all lines, Å at rest
   * @param widest greatest width tried, km/s
   * @return a line a group; null where the grid holds less than nine tenths of the window
   */
  Line[] fit(double z, double[][] rest, double[][] ratios, double halfWindow, double widest) {
    double low = Double.MAX_VALUE;
    double high = 0;
    for (double[] group : rest) {
      for (double wavelength : group) {
        low = Math.min(low, wavelength);
        high = Math.max(high, wavelength);
      }
    }
    int from = pixel((low - halfWindow) * (1 + z));
    int to = pixel((high + halfWindow) * (1 + z));
    int first = Math.max(0, from);
    int last = Math.min(flux.length - 1, to);
    if (last - first < 0.9 * (to - from)) {
      return new Line[0];
    }
    Line[] best = new Line[0];
    double least = Double.MAX_VALUE;
    for (double width : WIDTHS_KMS) {
      if (width > widest) {
        break;
      }
      double[][] profiles = profiles(z, rest, ratios, width, first, last);
      double[] solution = solve(profiles, first, last);
      double residual = residual(profiles, solution, first, last);
      if (residual < least) {
        least = residual;
        best = lines(profiles, solution, width, first, last);
      }
    }
    return best;
  }

  /** Hα, and [N II] whose lines are one to three. */
  Line[] hAlphaAndNitrogen(double z) {
    return fit(
        z,
        new double[][] {
          {NebularLines.H_ALPHA}, {NebularLines.N_II_B, NebularLines.N_II_A},
        },
        new double[][] {{1}, {1, 1.0 / 3}},
        40,
        NARROW_KMS);
  }

  private int pixel(double wavelength) {
    return (int) Math.round((Math.log10(wavelength) - grid.log10Start()) / grid.log10Step());
  }

  private double[][] profiles(
      double z, double[][] rest, double[][] ratios, double width, int first, int last) {
    double pixelKms = Lines.LIGHT_KMS * Math.log(10) * grid.log10Step();
    double inPixels = width / pixelKms;
    int n = last - first + 1;
    double[][] profiles = new double[rest.length + 2][n];
    for (int g = 0; g < rest.length; g++) {
      for (int l = 0; l < rest[g].length; l++) {
        double centre =
            (Math.log10(rest[g][l] * (1 + z)) - grid.log10Start()) / grid.log10Step() - first;
        int begin = (int) Math.max(0, centre - 5 * inPixels);
        int end = (int) Math.min(n - 1.0, centre + 5 * inPixels);
        for (int i = begin; i <= end; i++) {
          double x = (i - centre) / inPixels;
          profiles[g][i] += ratios[g][l] * Math.exp(-0.5 * x * x);
        }
      }
    }
    for (int i = 0; i < n; i++) {
      profiles[rest.length][i] = 1;
      profiles[rest.length + 1][i] = 2.0 * i / n - 1;
    }
    return profiles;
  }

  private double[] solve(double[][] profiles, int first, int last) {
    int k = profiles.length;
    double[][] normal = new double[k][k + 1];
    for (int a = 0; a < k; a++) {
      for (int b = a; b < k; b++) {
        double sum = 0;
        for (int i = 0; i <= last - first; i++) {
          sum += profiles[a][i] * profiles[b][i];
        }
        normal[a][b] = sum;
        normal[b][a] = sum;
      }
      normal[a][a] += 1e-9;
      double sum = 0;
      for (int i = 0; i <= last - first; i++) {
        sum += profiles[a][i] * flux[first + i];
      }
      normal[a][k] = sum;
    }
    return LinearEquations.solve(normal);
  }

  private double residual(double[][] profiles, double[] solution, int first, int last) {
    double sum = 0;
    for (int i = 0; i <= last - first; i++) {
      double model = 0;
      for (int k = 0; k < profiles.length; k++) {
        model += solution[k] * profiles[k][i];
      }
      sum += (flux[first + i] - model) * (flux[first + i] - model);
    }
    return sum;
  }

  /** A matched filter's significance: amplitude over 1/√Σ(profile/σ)². */
  private Line[] lines(double[][] profiles, double[] solution, double width, int first, int last) {
    int groups = profiles.length - 2;
    Line[] lines = new Line[groups];
    for (int g = 0; g < groups; g++) {
      double area = 0;
      double information = 0;
      for (int i = 0; i <= last - first; i++) {
        double p = profiles[g][i];
        area += p;
        information += p * p / (sigma[first + i] * sigma[first + i]);
      }
      lines[g] =
          new Line(
              solution[g] * area, solution[g] * Math.sqrt(information), solution[groups], width);
    }
    return lines;
  }
}

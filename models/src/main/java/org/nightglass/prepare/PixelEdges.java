package org.nightglass.prepare;

import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Where an arm's pixels begin and end in vacuum, Å. Pixel i covers {@code [lower[i], upper[i])};
 * neighbours touch except across a gap of an explicit grid.
 *
 * @param lower lower edges, rising
 * @param upper upper edges, rising
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
record PixelEdges(double[] lower, double[] upper) {
  /** A spacing larger than its neighbour by more than this is a gap and not a wide pixel. */
  private static final double GAP = 1.5;

  static PixelEdges of(Arm arm) {
    WavelengthGrid grid = arm.grid();
    PixelEdges edges;
    if (grid instanceof WavelengthGrid.Log log) {
      edges = shared(logEdges(log.log10Start(), log.log10Step(), log.pixels()));
    } else if (grid instanceof WavelengthGrid.Linear linear) {
      edges = shared(linearEdges(linear));
    } else {
      edges = explicitEdges(((WavelengthGrid.Explicit) grid).wavelengths());
    }
    return arm.medium() == Medium.AIR ? edges.fromAirToVacuum() : edges;
  }

  int pixels() {
    return lower.length;
  }

  double centre(int pixel) {
    return (lower[pixel] + upper[pixel]) / 2;
  }

  double width(int pixel) {
    return upper[pixel] - lower[pixel];
  }

  /** The {@code pixels + 1} edges of a grid of equal steps in log10. */
  static double[] logEdges(double log10Start, double log10Step, int pixels) {
    double[] edges = new double[pixels + 1];
    // A running product instead of a power a pixel: off by 1e-12 after 10,000 pixels.
    double ratio = Math.pow(10, log10Step);
    double edge = Math.pow(10, log10Start - log10Step / 2);
    for (int i = 0; i <= pixels; i++) {
      edges[i] = edge;
      edge *= ratio;
    }
    return edges;
  }

  private static double[] linearEdges(WavelengthGrid.Linear grid) {
    double[] edges = new double[grid.pixels() + 1];
    for (int i = 0; i <= grid.pixels(); i++) {
      edges[i] = grid.start() + (i - 0.5) * grid.step();
    }
    return edges;
  }

  private static PixelEdges shared(double[] edges) {
    int pixels = edges.length - 1;
    double[] lower = new double[pixels];
    double[] upper = new double[pixels];
    System.arraycopy(edges, 0, lower, 0, pixels);
    System.arraycopy(edges, 1, upper, 0, pixels);
    return new PixelEdges(lower, upper);
  }

  /** Edges half-way between centres; beside a gap a pixel is as wide as its other side says. */
  private static PixelEdges explicitEdges(double[] centres) {
    int pixels = centres.length;
    double[] lower = new double[pixels];
    double[] upper = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      double left = i > 0 ? centres[i] - centres[i - 1] : centres[i + 1] - centres[i];
      double right = i < pixels - 1 ? centres[i + 1] - centres[i] : left;
      lower[i] = centres[i] - (left > GAP * right ? right : left) / 2;
      upper[i] = centres[i] + (right > GAP * left ? left : right) / 2;
    }
    return new PixelEdges(lower, upper);
  }

  private PixelEdges fromAirToVacuum() {
    int pixels = lower.length;
    double[] vacuumLower = new double[pixels];
    double[] vacuumUpper = new double[pixels];
    for (int i = 0; i < pixels; i++) {
      vacuumLower[i] =
          i > 0 && lower[i] == upper[i - 1] ? vacuumUpper[i - 1] : AirToVacuum.vacuum(lower[i]);
      vacuumUpper[i] = AirToVacuum.vacuum(upper[i]);
    }
    return new PixelEdges(vacuumLower, vacuumUpper);
  }
}

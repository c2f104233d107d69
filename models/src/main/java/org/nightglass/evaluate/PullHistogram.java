package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.nightglass.evaluate.SvgPlot.Point;

/** Pulls as a density, and the Gaussian that they should have. */
final class PullHistogram {
  /** Pulls from minus this to this are drawn. */
  static final int RANGE = 5;

  private static final int BINS = 40;

  private PullHistogram() {}

  /** Outline of a histogram; what lies beyond the plot counts in the density but is not drawn. */
  static List<Point> steps(double[] pulls) {
    double width = 2.0 * RANGE / BINS;
    int[] counts = new int[BINS];
    for (double pull : pulls) {
      double bin = Math.floor((pull + RANGE) / width);
      if (bin >= 0 && bin < BINS) {
        counts[(int) bin]++;
      }
    }
    List<Point> steps = new ArrayList<>();
    for (int b = 0; b < BINS; b++) {
      double density = counts[b] / (width * pulls.length);
      steps.add(new Point(-RANGE + b * width, density));
      steps.add(new Point(-RANGE + (b + 1) * width, density));
    }
    return steps;
  }

  /** What honest errors give: mean 0, width 1. */
  static List<Point> gaussian() {
    List<Point> curve = new ArrayList<>();
    for (int i = -50; i <= 50; i++) {
      double x = i / 10.0;
      curve.add(new Point(x, Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI)));
    }
    return curve;
  }
}

package org.nightglass.simulate;

import java.util.ArrayList;
import java.util.List;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The type that SDSS's pipeline gives a star: that of the template which, with a cubic polynomial
 * beside it, comes nearest to the spectrum (Bolton et al. 2012).
 */
final class StarTypes {
  /** Within the templates, and where most surveys observe. */
  static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.5860, 1e-4, 3730);

  private static final int TERMS = 4;

  private final List<double[]> polynomials = new ArrayList<>();
  private final List<double[]> templates = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  StarTypes() {
    for (int k = 0; k < TERMS; k++) {
      double[] values = new double[GRID.pixels()];
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.pow(2.0 * i / values.length - 1, k);
      }
      orthogonalise(values);
      normalise(values);
      polynomials.add(values);
    }
  }

  /** Adds a template at rest, on {@link #GRID}. */
  void add(String name, double[] flux) {
    double[] own = flux.clone();
    orthogonalise(own);
    normalise(own);
    templates.add(own);
    names.add(name);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** The type of a spectrum at rest, on {@link #GRID}. */
  String of(double[] flux) {
    double[] own = flux.clone();
    orthogonalise(own);
    String best = "";
    double greatest = 0;
    for (int t = 0; t < templates.size(); t++) {
      double overlap = dot(own, templates.get(t));
      if (overlap > greatest) {
        greatest = overlap;
        best = names.get(t);
      }
    }
    return best;
  }

  private void orthogonalise(double[] values) {
    for (double[] polynomial : polynomials) {
      double overlap = dot(values, polynomial);
      for (int i = 0; i < values.length; i++) {
        values[i] -= overlap * polynomial[i];
      }
    }
  }

  private static void normalise(double[] values) {
    double norm = Math.sqrt(Math.max(dot(values, values), 1e-300));
    for (int i = 0; i < values.length; i++) {
      values[i] /= norm;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}

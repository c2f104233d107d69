package org.nightglass.train;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The robust statistics that redshifts are judged by. */
final class Statistics {
  private Statistics() {}

  /** Median; 0 of nothing. */
  static double median(double[] values) {
    if (values.length == 0) {
      return 0;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : 0.5 * (sorted[middle - 1] + sorted[middle]);
  }

  /** 1.4826 · median |v − median v|: the standard deviation of a Gaussian core. */
  static double nmad(double[] values) {
    double median = median(values);
    return 1.4826 * median(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray());
  }

  /** Share of values whose size is above a limit. */
  static double shareAbove(double[] values, double limit) {
    return values.length == 0
        ? 0
        : Arrays.stream(values).filter(v -> Math.abs(v) > limit).count() / (double) values.length;
  }

  /** Where a function of one valley is least, by golden section. */
  static double argmin(DoubleUnaryOperator function, double low, double high) {
    double golden = (Math.sqrt(5) - 1) / 2;
    double a = low;
    double b = high;
    while (b - a > 1e-4) {
      double c = b - golden * (b - a);
      double d = a + golden * (b - a);
      if (function.applyAsDouble(c) < function.applyAsDouble(d)) {
        b = d;
      } else {
        a = c;
      }
    }
    return 0.5 * (a + b);
  }

  /**
   * Where a rising function passes 0, by halving; the nearer end where it does not.
   *
   * @param low where to look from
   * @param high where to look to
   */
  static double root(DoubleUnaryOperator function, double low, double high) {
    double a = low;
    double b = high;
    for (int k = 0; k < 30; k++) {
      double middle = 0.5 * (a + b);
      if (function.applyAsDouble(middle) < 0) {
        a = middle;
      } else {
        b = middle;
      }
    }
    return 0.5 * (a + b);
  }

  /**
   * Weights that make Σ|y − x·w| least, by iteratively reweighted least squares: a regression to
   * the median, which outliers do not move.
   *
   * @param x one row an observation
   * @param y one value an observation
   */
  static double[] medianRegression(double[][] x, double[] y) {
    int n = x[0].length;
    double[] w = new double[n];
    for (int iteration = 0; iteration < 60; iteration++) {
      double[][] normal = new double[n][n + 1];
      for (int i = 0; i < y.length; i++) {
        double predicted = 0;
        for (int k = 0; k < n; k++) {
          predicted += w[k] * x[i][k];
        }
        double weight = iteration == 0 ? 1 : 1 / Math.max(1e-4, Math.abs(y[i] - predicted));
        for (int k = 0; k < n; k++) {
          for (int l = 0; l < n; l++) {
            normal[k][l] += weight * x[i][k] * x[i][l];
          }
          normal[k][n] += weight * x[i][k] * y[i];
        }
      }
      w = solve(normal);
    }
    return w;
  }

  /**
   * Solves linear equations by Gauss's elimination with pivoting; a ridge of 1e-9 keeps them
   * solvable.
   *
   * @param rows coefficients and right side; overwritten
   */
  static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int k = 0; k < n; k++) {
      rows[k][k] += 1e-9;
    }
    for (int k = 0; k < n; k++) {
      int best = k;
      for (int r = k + 1; r < n; r++) {
        if (Math.abs(rows[r][k]) > Math.abs(rows[best][k])) {
          best = r;
        }
      }
      double[] swap = rows[k];
      rows[k] = rows[best];
      rows[best] = swap;
      for (int r = 0; r < n; r++) {
        if (r != k) {
          double factor = rows[r][k] / rows[k][k];
          for (int c = k; c <= n; c++) {
            rows[r][c] -= factor * rows[k][c];
          }
        }
      }
    }
    double[] w = new double[n];
    for (int k = 0; k < n; k++) {
      w[k] = rows[k][n] / rows[k][k];
    }
    return w;
  }
}

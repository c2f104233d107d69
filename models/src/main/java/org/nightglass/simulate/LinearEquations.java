package org.nightglass.simulate;

/** Small systems of linear equations. */
final class LinearEquations {
  private LinearEquations() {}

  /**
   * Gauss elimination with pivoting.
   *
   * @param rows {@code [n][n + 1]}, the right side last; changed
   */
  static double[] solve(double[][] rows) {
    int n = rows.length;
    for (int k = 0; k < n; k++) {
      int best = k;
      for (int r = k + 1; r < n; r++) {
        best = Math.abs(rows[r][k]) > Math.abs(rows[best][k]) ? r : best;
      }
      double[] swap = rows[k];
      rows[k] = rows[best];
      rows[best] = swap;
      for (int r = k + 1; r < n; r++) {
        double factor = rows[r][k] / rows[k][k];
        for (int c = k; c <= n; c++) {
          rows[r][c] -= factor * rows[k][c];
        }
      }
    }
    double[] solution = new double[n];
    for (int k = n - 1; k >= 0; k--) {
      double sum = rows[k][n];
      for (int c = k + 1; c < n; c++) {
        sum -= rows[k][c] * solution[c];
      }
      solution[k] = sum / rows[k][k];
    }
    return solution;
  }
}

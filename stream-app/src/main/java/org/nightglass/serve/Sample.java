package org.nightglass.serve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Numbers of which quantiles are wanted. */
final class Sample {
  private double[] values = new double[16];
  private int size;

  void add(double value) {
    if (!Double.isFinite(value)) {
      return;
    }
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  /**
   * The value at a rank, between neighbours in proportion (Hyndman and Fan 1996, definition 7).
   *
   * @param share 0 to 1
   * @return null of no numbers
   */
  @Nullable Double quantile(double share) {
    if (size == 0) {
      return null;
    }
    Arrays.sort(values, 0, size);
    double rank = share * (size - 1);
    int below = (int) rank;
    int above = Math.min(below + 1, size - 1);
    return values[below] + (rank - below) * (values[above] - values[below]);
  }
}

package org.nightglass.evaluate;

import java.util.Arrays;
import org.apache.commons.statistics.descriptive.Median;
import org.jspecify.annotations.Nullable;

/** Statistics that a few outliers do not move; null of nothing. */
final class Robust {
  /** Makes the median absolute deviation of a Gaussian its standard deviation. */
  static final double GAUSSIAN = 1.4826;

  private Robust() {}

  static @Nullable Double median(double[] values) {
    return values.length == 0 ? null : Median.withDefaults().evaluate(values.clone());
  }

  /** 1.4826 · median |v − median v|. */
  static @Nullable Double nmad(double[] values) {
    Double median = median(values);
    if (median == null) {
      return null;
    }
    Double deviation = median(Arrays.stream(values).map(v -> Math.abs(v - median)).toArray());
    return deviation == null ? null : GAUSSIAN * deviation;
  }

  static @Nullable Double mean(double[] values) {
    return values.length == 0 ? null : Arrays.stream(values).sum() / values.length;
  }
}

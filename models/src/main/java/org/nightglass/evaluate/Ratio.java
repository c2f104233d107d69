package org.nightglass.evaluate;

import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.jspecify.annotations.Nullable;

/**
 * A share with its binomial interval (Clopper and Pearson 1934) at {@value #CONFIDENCE}.
 *
 * @param part how many
 * @param whole of how many
 * @param value part/whole; null of nothing
 * @param low lower end of the interval; null of nothing
 * @param high upper end of the interval; null of nothing
 */
public record Ratio(
    int part, int whole, @Nullable Double value, @Nullable Double low, @Nullable Double high) {
  /** Probability that the interval holds the true share, at least. */
  public static final double CONFIDENCE = 0.683;

  /**
   * @throws IllegalArgumentException if not 0 ≤ part ≤ whole
   */
  public static Ratio of(long part, long whole) {
    if (part < 0 || part > whole) {
      throw new IllegalArgumentException("no ratio: %d of %d".formatted(part, whole));
    }
    int k = Math.toIntExact(part);
    int n = Math.toIntExact(whole);
    if (n == 0) {
      return new Ratio(0, 0, null, null, null);
    }
    Interval interval =
        BinomialConfidenceInterval.CLOPPER_PEARSON.fromErrorRate(n, k, 1 - CONFIDENCE);
    return new Ratio(k, n, k / (double) n, interval.getLowerBound(), interval.getUpperBound());
  }
}

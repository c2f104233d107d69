package org.nightglass.account;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A histogram over {@link LogBins} that stands in counters. */
final class Histogram {
  private final TreeMap<Integer, Long> counts = new TreeMap<>();
  private long total;

  /** The histogram under a counter's name. */
  static Histogram of(Counters counters, String name) {
    Histogram histogram = new Histogram();
    counters.under(
        name,
        (parts, count) -> {
          histogram.counts.merge(Integer.valueOf(parts[0]), count, Long::sum);
          histogram.total += count;
        });
    return histogram;
  }

  long total() {
    return total;
  }

  /**
   * A quantile, to within 1.2 %: the centre of the bin that holds the value of rank ⌈q·n⌉.
   *
   * @param q 0 to 1
   * @return null where there are no values
   */
  @Nullable Double quantile(double q) {
    long rank = Math.max(1, (long) Math.ceil(q * total));
    long below = 0;
    for (Map.Entry<Integer, Long> bin : counts.entrySet()) {
      below += bin.getValue();
      if (below >= rank) {
        return LogBins.centre(bin.getKey());
      }
    }
    return null;
  }
}

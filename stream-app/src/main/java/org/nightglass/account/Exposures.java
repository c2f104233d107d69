package org.nightglass.account;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The exposures that stand in counters.
 *
 * @param count how many
 * @param totalMs their lengths added up
 * @param longestMs length of the longest
 * @param firstStartMs start of the first; null where none states its time
 * @param lastEndMs end of the one that ended last; null where none states its time
 * @param lastId the one that began last; null where there is none
 * @param lastSpectra spectra of that one
 */
record Exposures(
    int count,
    long totalMs,
    long longestMs,
    @Nullable Long firstStartMs,
    @Nullable Long lastEndMs,
    @Nullable String lastId,
    long lastSpectra) {

  /** Spectra of one exposure; a rejected one states no time. */
  private record One(long startMs, long lengthMs, long spectra) {
    One and(One other) {
      return new One(
          Math.max(startMs, other.startMs),
          Math.max(lengthMs, other.lengthMs),
          spectra + other.spectra);
    }
  }

  static Exposures of(Counters counters) {
    Map<String, One> byId = new TreeMap<>();
    counters.under(
        Tallying.EXPOSURES,
        (parts, spectra) ->
            byId.merge(
                parts[0],
                new One(Long.parseLong(parts[1]), Long.parseLong(parts[2]), spectra),
                One::and));
    long total = 0;
    long longest = 0;
    Long first = null;
    Long end = null;
    String lastId = null;
    One last = null;
    for (Map.Entry<String, One> entry : byId.entrySet()) {
      One one = entry.getValue();
      total += one.lengthMs();
      longest = Math.max(longest, one.lengthMs());
      if (one.startMs() > 0) {
        first = first == null ? one.startMs() : (Long) Math.min(first, one.startMs());
        long ended = one.startMs() + one.lengthMs();
        end = end == null ? ended : (Long) Math.max(end, ended);
      }
      if (last == null || one.startMs() >= last.startMs()) {
        last = one;
        lastId = entry.getKey();
      }
    }
    return new Exposures(
        byId.size(), total, longest, first, end, lastId, last == null ? 0 : last.spectra());
  }
}

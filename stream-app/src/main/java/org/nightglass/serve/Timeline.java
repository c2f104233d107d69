package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.Row;

/** Yield over the night's time axis, in bins of minutes. A target counts where it first appears. */
final class Timeline {
  private static final long MINUTE_MILLIS = 60_000;

  private int spectra;
  private int observed;
  private int good;
  private final Sample latency = new Sample();

  private Timeline() {}

  /**
   * Bins in order of time, those without a spectrum left out.
   *
   * @param time where a row stands on the axis, milliseconds since 1970
   * @param minutes width of a bin
   */
  static ArrayNode of(
      Iterable<Row> rows, Predicate<Row> wanted, ToLongFunction<Row> time, int minutes) {
    SortedMap<Long, Timeline> bins = new TreeMap<>();
    Map<String, Long> firstSeen = new HashMap<>();
    Map<String, Long> firstGood = new HashMap<>();
    for (Row row : rows) {
      if (!wanted.test(row)) {
        continue;
      }
      long bin = Math.floorDiv(time.applyAsLong(row), minutes * MINUTE_MILLIS);
      Timeline there = bins.computeIfAbsent(bin, number -> new Timeline());
      there.spectra++;
      there.latency.add(row.latencySeconds());
      if (row.target()) {
        firstSeen.merge(row.targetId(), bin, Math::min);
        if (row.good()) {
          firstGood.merge(row.targetId(), bin, Math::min);
        }
      }
    }
    firstSeen.values().forEach(bin -> count(bins, bin).observed++);
    firstGood.values().forEach(bin -> count(bins, bin).good++);
    return write(bins, minutes);
  }

  private static Timeline count(SortedMap<Long, Timeline> bins, Long bin) {
    return bins.computeIfAbsent(bin, number -> new Timeline());
  }

  private static ArrayNode write(SortedMap<Long, Timeline> bins, int minutes) {
    ArrayNode items = Json.MAPPER.createArrayNode();
    int seen = 0;
    int succeeded = 0;
    for (Map.Entry<Long, Timeline> entry : bins.entrySet()) {
      Timeline bin = entry.getValue();
      seen += bin.observed;
      succeeded += bin.good;
      items
          .addObject()
          .put("at", Json.time(entry.getKey() * minutes * MINUTE_MILLIS))
          .put("spectra", bin.spectra)
          .put("observed", bin.observed)
          .put("good_z", bin.good)
          .put("cumulative_observed", seen)
          .put("cumulative_good_z", succeeded)
          .put("latency_p50", bin.latency.quantile(0.5))
          .put("latency_p95", bin.latency.quantile(0.95));
    }
    return items;
  }
}

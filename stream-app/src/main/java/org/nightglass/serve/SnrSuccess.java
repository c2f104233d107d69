package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Predicate;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.nightglass.account.Worth;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.Row;

/**
 * Share of good redshifts by signal-to-noise ratio, of unique targets with their best spectrum, as
 * the account counts them: bins of a tenth of a decade, one more for what is at or below 0.1.
 * Intervals are Jeffreys' (Brown, Cai and DasGupta 2001) at 68.3 percent.
 */
final class SnrSuccess {
  private static final int BINS_A_DECADE = 10;
  private static final double LEAST = 0.1;
  private static final double ERROR_RATE = 1 - 0.683;

  /** The account's own order. */
  private static final Comparator<Row> WORTH =
      Comparator.comparing(Row::worth, Worth.ORDER)
          .thenComparingDouble(Row::snr)
          .thenComparing(Row::spectrumId);

  private int valid;
  private int good;

  private SnrSuccess() {}

  /**
   * Bins in order, those without a target left out.
   *
   * @param wanted which of the best spectra
   */
  static ArrayNode of(Iterable<Row> rows, Predicate<Row> wanted) {
    Map<String, Row> best = new HashMap<>();
    for (Row row : rows) {
      if (row.target() && row.valid()) {
        best.merge(row.targetId(), row, BinaryOperator.maxBy(WORTH));
      }
    }
    Map<Integer, SnrSuccess> bins = new TreeMap<>();
    for (Row row : best.values()) {
      if (wanted.test(row)) {
        SnrSuccess bin = bins.computeIfAbsent(bin(row.snr()), number -> new SnrSuccess());
        bin.valid++;
        bin.good += row.good() ? 1 : 0;
      }
    }
    ArrayNode items = Json.MAPPER.createArrayNode();
    bins.forEach((number, bin) -> bin.write(number, items));
    return items;
  }

  /** Bin 0 holds what is at or below the least; bin n begins at 10^((n-1)/10) times it. */
  private static int bin(double snr) {
    return snr > LEAST && Double.isFinite(snr)
        ? 1 + (int) Math.floor(Math.log10(snr / LEAST) * BINS_A_DECADE)
        : 0;
  }

  private static double edge(int bin) {
    return bin < 1 ? 0 : LEAST * Math.pow(10, (bin - 1) / (double) BINS_A_DECADE);
  }

  private void write(int number, ArrayNode items) {
    Interval interval = BinomialConfidenceInterval.JEFFREYS.fromErrorRate(valid, good, ERROR_RATE);
    items
        .addObject()
        .put("snr_low", edge(number))
        .put("snr_high", edge(number + 1))
        .put("valid", valid)
        .put("good_z", good)
        .put("success", good / (double) valid)
        .put("success_low", interval.getLowerBound())
        .put("success_high", interval.getUpperBound());
  }
}

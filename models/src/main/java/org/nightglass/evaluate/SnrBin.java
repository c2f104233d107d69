package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A range of signal-to-noise ratios.
 *
 * @param from inclusive; null = open
 * @param to exclusive; null = open
 */
public record SnrBin(@Nullable Double from, @Nullable Double to) {

  /**
   * Bins between edges, open at both ends.
   *
   * @throws IllegalArgumentException if the edges are not finite and rising
   */
  public static List<SnrBin> between(List<Double> edges) {
    List<SnrBin> bins = new ArrayList<>();
    Double before = null;
    for (Double edge : edges) {
      if (!Double.isFinite(edge) || (before != null && edge <= before)) {
        throw new IllegalArgumentException("edges of S/N bins must rise, got " + edges);
      }
      bins.add(new SnrBin(before, edge));
      before = edge;
    }
    bins.add(new SnrBin(before, null));
    return List.copyOf(bins);
  }

  boolean holds(@Nullable Double snr) {
    return snr != null && (from == null || snr >= from) && (to == null || snr < to);
  }

  /** For people: {@code 2–5}. */
  public String text() {
    if (from == null) {
      return to == null ? "all" : "< " + number(to);
    }
    return to == null ? "≥ " + number(from) : number(from) + "–" + number(to);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

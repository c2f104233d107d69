package org.nightglass.evaluate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One colour a class, the same in every plot of a page. */
public final class Palette {
  /** Told apart by colour-blind people too (Okabe and Ito 2008, lightened for a dark page). */
  private static final List<String> COLOURS =
      List.of(
          "#56b4e9", "#e69f00", "#2fc39a", "#dd8fbc", "#f0e442", "#ef7a3c", "#8fa8ff", "#b8e986",
          "#c9a27e", "#7fdbda", "#ff9aa2", "#c3b1ff", "#d0d6e0", "#9aa5b8");

  private static final String ALL = "#ffffff";

  private final Map<String, String> colours = new HashMap<>();

  /**
   * @param labels of the classes, in order
   */
  public Palette(List<String> labels) {
    colours.put(Score.ALL, ALL);
    labels.forEach(this::colour);
  }

  /** The colour of a class, or of {@link Score#ALL}; a class not seen before gets the next one. */
  public String colour(String label) {
    String next = COLOURS.get((colours.size() - 1) % COLOURS.size());
    return colours.computeIfAbsent(label, unused -> next);
  }
}

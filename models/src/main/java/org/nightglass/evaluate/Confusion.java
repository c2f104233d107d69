package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the classes were called.
 *
 * @param truths true classes, one a row
 * @param said predicted classes, one a column
 * @param counts spectra, by row and column
 * @param purity by predicted class: share of what is called so that is so; empty sky, which is no
 *     class, is left out
 */
public record Confusion(
    List<String> truths, List<String> said, List<List<Integer>> counts, Map<String, Ratio> purity) {

  static Confusion of(List<String> truths, List<Scored> spectra, Labels labels) {
    List<String> columns = labels.classes();
    int[][] counts = new int[truths.size()][columns.size()];
    int[] all = new int[columns.size()];
    int[] right = new int[columns.size()];
    for (Scored scored : spectra) {
      String said = scored.said();
      int column = said == null ? -1 : columns.indexOf(said);
      if (said != null && column >= 0) {
        counts[truths.indexOf(scored.label())][column]++;
        if (scored.label().equals(Labels.SKY)) {
          continue;
        }
        all[column]++;
        right[column] += labels.right(scored.label(), said) ? 1 : 0;
      }
    }
    List<List<Integer>> rows = new ArrayList<>();
    for (int[] row : counts) {
      rows.add(Arrays.stream(row).boxed().toList());
    }
    Map<String, Ratio> purity = new LinkedHashMap<>();
    for (int c = 0; c < all.length; c++) {
      purity.put(columns.get(c), Ratio.of(right[c], all[c]));
    }
    return new Confusion(truths, columns, rows, purity);
  }
}

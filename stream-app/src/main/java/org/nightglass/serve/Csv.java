package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Items of a list as CSV (RFC 4180): one header, one line an item, in the columns that the API's
 * document gives the item; empty for null, lists of words with blanks between them. A funnel's
 * ratios become three columns each: value, low and high.
 */
public final class Csv {
  private static final String RATIOS = "ratios";
  private static final List<String> RATIO_NAMES =
      List.of(
          "observation_completeness",
          "valid_fraction",
          "classified_fraction",
          "success_rate",
          "redshift_completeness",
          "sky_false_positive_rate");
  private static final List<String> RATIO_PARTS = List.of("value", "low", "high");

  private Csv() {}

  /**
   * @param schema name of the items' schema in the API's document
   * @param items objects of that schema
   */
  public static String of(String schema, Iterable<JsonNode> items) {
    List<String> columns = ApiDocument.columns(schema);
    boolean ratios = ApiDocument.has(schema, RATIOS);
    List<String> header = new ArrayList<>(columns);
    if (ratios) {
      for (String name : RATIO_NAMES) {
        header.add(name);
        header.add(name + "_low");
        header.add(name + "_high");
      }
    }
    StringBuilder out = new StringBuilder();
    line(out, header);
    for (JsonNode item : items) {
      List<String> cells = new ArrayList<>();
      columns.forEach(column -> cells.add(cell(item.path(column))));
      if (ratios) {
        RATIO_NAMES.forEach(name -> addRatio(cells, item.path(RATIOS), name));
      }
      line(out, cells);
    }
    return out.toString();
  }

  private static void addRatio(List<String> cells, JsonNode ratios, String name) {
    JsonNode found = null;
    for (JsonNode ratio : ratios) {
      if (ratio.path("name").asText().equals(name)) {
        found = ratio;
      }
    }
    for (String part : RATIO_PARTS) {
      cells.add(cell(found == null ? null : found.path(part)));
    }
  }

  private static String cell(@Nullable JsonNode value) {
    if (value == null || value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (value.isArray()) {
      List<String> words = new ArrayList<>();
      value.forEach(word -> words.add(word.asText()));
      return String.join(" ", words);
    }
    return value.asText();
  }

  private static void line(StringBuilder out, List<String> cells) {
    for (int i = 0; i < cells.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      out.append(quoted(cells.get(i)));
    }
    out.append("\r\n");
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}

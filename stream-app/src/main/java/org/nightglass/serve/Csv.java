package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Items of a list as CSV (RFC 4180): one header, one line an item, in the columns that the API's
 * document gives the item; empty for null.
 */
public final class Csv {
  private Csv() {}

  /**
   * @param schema name of the items' schema in the API's document
   * @param items objects of that schema
   */
  public static String of(String schema, Iterable<JsonNode> items) {
    List<Column> columns = Column.of(schema);
    StringBuilder out = new StringBuilder();
    line(out, columns.stream().map(Column::name).toList());
    for (JsonNode item : items) {
      line(out, columns.stream().map(column -> column.text(item)).toList());
    }
    return out.toString();
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

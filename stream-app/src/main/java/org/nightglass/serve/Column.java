package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of objects: a field of their schema that fits a cell (a single value, or a
 * list of words), or one number of one of a funnel's ratios.
 *
 * @param name the column's name
 * @param type what it holds; null apart
 * @param text what it means
 * @param ratio of which ratio the number is; null for fields
 */
public record Column(String name, Type type, String text, @Nullable Ratio ratio) {

  /** What a column holds. */
  public enum Type {
    INTEGER,
    NUMBER,
    FLAG,
    TEXT
  }

  /**
   * One number of a ratio.
   *
   * @param name the ratio, as in NightYield
   * @param part value, low or high
   */
  public record Ratio(String name, String part) {}

  private static final String RATIOS = "ratios";
  private static final List<String> RATIO_NAMES =
      List.of(
          "observation_completeness",
          "valid_fraction",
          "classified_fraction",
          "success_rate",
          "redshift_completeness",
          "sky_false_positive_rate");

  /** The columns of a schema of the API's document, in its order; those of ratios last. */
  public static List<Column> of(String schema) {
    JsonNode fields = ApiDocument.schema(schema).path("properties");
    List<Column> columns = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      Type type = type(field.getValue());
      if (type != null) {
        String text = field.getValue().path("description").asText("");
        columns.add(new Column(field.getKey(), type, text, null));
      }
    }
    if (fields.has(RATIOS)) {
      for (String name : RATIO_NAMES) {
        columns.add(ratio(name, "", "value", "Ratio, 0 to 1."));
        columns.add(ratio(name, "_low", "low", "Lower end of its 68.3 percent interval."));
        columns.add(ratio(name, "_high", "high", "Upper end of its 68.3 percent interval."));
      }
    }
    return List.copyOf(columns);
  }

  private static Column ratio(String name, String suffix, String part, String text) {
    return new Column(name + suffix, Type.NUMBER, text, new Ratio(name, part));
  }

  /** What a row has in this column; missing or null where it has nothing. */
  public JsonNode of(JsonNode row) {
    if (ratio == null) {
      return row.path(name);
    }
    for (JsonNode one : row.path(RATIOS)) {
      if (one.path("name").asText().equals(ratio.name())) {
        return one.path(ratio.part());
      }
    }
    return MissingNode.getInstance();
  }

  /** The same as text; lists with blanks between their words, empty where there is nothing. */
  public String text(JsonNode row) {
    JsonNode value = of(row);
    if (value.isNull() || value.isMissingNode()) {
      return "";
    }
    if (!value.isArray()) {
      return value.asText();
    }
    List<String> words = new ArrayList<>();
    value.forEach(word -> words.add(word.asText()));
    return String.join(" ", words);
  }

  private static @Nullable Type type(JsonNode schema) {
    if (schema.has("$ref")) {
      return type(ApiDocument.schema(schema.get("$ref").asText().replaceFirst(".*/", "")));
    }
    if (schema.has("allOf")) {
      return type(schema.get("allOf").get(0));
    }
    if (schema.has("oneOf")) {
      return type(schema.get("oneOf").get(1)); // the first one is null
    }
    JsonNode types = schema.path("type");
    String name = types.asText();
    for (JsonNode one : types) {
      name = one.asText().equals("null") ? name : one.asText();
    }
    return switch (name) {
      case "integer" -> Type.INTEGER;
      case "number" -> Type.NUMBER;
      case "boolean" -> Type.FLAG;
      case "string" -> Type.TEXT;
      case "array" ->
          schema.path("items").path("type").asText().equals("string") ? Type.TEXT : null;
      default -> null;
    };
  }
}

package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.nightglass.serve.read.Json;

/** The OpenAPI document, {@code openapi.yaml}: served as JSON, and what CSV columns follow from. */
public final class ApiDocument {
  private static final JsonNode DOCUMENT = read();

  private ApiDocument() {}

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(ApiDocument.class.getResourceAsStream("openapi.yaml"))) {
      return new YAMLMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document. */
  public static JsonNode tree() {
    return DOCUMENT;
  }

  static byte[] bytes() {
    return Json.bytes(DOCUMENT);
  }

  /** The fields of a schema that fit a cell: single values and lists of words. */
  static List<String> columns(String schema) {
    List<String> columns = new ArrayList<>();
    schema(schema)
        .path("properties")
        .fields()
        .forEachRemaining(
            field -> {
              if (fitsCell(field.getValue())) {
                columns.add(field.getKey());
              }
            });
    return columns;
  }

  /** Whether a schema has a field. */
  static boolean has(String schema, String field) {
    return schema(schema).path("properties").has(field);
  }

  private static JsonNode schema(String name) {
    JsonNode schema = DOCUMENT.path("components").path("schemas").path(name);
    if (schema.isMissingNode()) {
      throw new IllegalStateException("openapi.yaml has no schema " + name);
    }
    return schema;
  }

  private static boolean fitsCell(JsonNode schema) {
    if (schema.has("$ref")) {
      return fitsCell(schema(schema.get("$ref").asText().replaceFirst(".*/", "")));
    }
    if (schema.has("allOf")) {
      return fitsCell(schema.get("allOf").get(0));
    }
    if (schema.has("oneOf")) {
      return fitsCell(schema.get("oneOf").get(schema.get("oneOf").size() - 1));
    }
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.get(type.size() - 1).asText() : type.asText();
    if (type.isArray() && name.equals("null")) {
      name = type.get(0).asText();
    }
    return switch (name) {
      case "object" -> false;
      case "array" -> schema.path("items").path("type").asText().equals("string");
      default -> true;
    };
  }
}

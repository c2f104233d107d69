package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.nightglass.serve.read.Json;

/**
 * The OpenAPI document, {@code openapi.yaml}: served as JSON, and what the columns of tables follow
 * from.
 */
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

  /** A schema by its name. */
  static JsonNode schema(String name) {
    JsonNode schema = DOCUMENT.path("components").path("schemas").path(name);
    if (schema.isMissingNode()) {
      throw new IllegalStateException("openapi.yaml has no schema " + name);
    }
    return schema;
  }
}

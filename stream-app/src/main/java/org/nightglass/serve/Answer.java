package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import org.nightglass.serve.read.Json;

/** Writes answers: documents as JSON, lists also as CSV. */
final class Answer {
  private Answer() {}

  static void json(Context context, JsonNode document) {
    json(context, Json.bytes(document));
  }

  static void json(Context context, byte[] document) {
    context.contentType("application/json").result(document);
  }

  /**
   * A document with a list in it.
   *
   * @param document the document; its field {@code items} is the list
   * @param schema name of the items' schema in the API's document
   * @param csv whether to write only the list, as CSV; the cursor is then in header {@code
   *     Nightglass-Next}
   */
  static void list(Context context, ObjectNode document, String schema, boolean csv) {
    if (!csv) {
      json(context, document);
      return;
    }
    JsonNode next = document.path("next");
    if (next.isTextual()) {
      context.header("Nightglass-Next", next.asText());
    }
    context
        .contentType("text/csv; charset=utf-8; header=present")
        .result(Csv.of(schema, document.path("items")));
  }
}

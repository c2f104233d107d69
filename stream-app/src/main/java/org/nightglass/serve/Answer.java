package org.nightglass.serve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.nightglass.serve.read.Json;

/** Writes answers: documents as JSON, lists also as CSV. */
final class Answer {
  private Answer() {}

  static void json(Context context, JsonNode document) {
    json(context, Json.bytes(document));
  }

  static void json(Context context, byte[] document) {
    send(context.contentType("application/json"), document);
  }

  /** Sends a body, or 304 where the client has it already. */
  private static void send(Context context, byte[] body) {
    if (context.statusCode() == 200) {
      CRC32C sum = new CRC32C();
      sum.update(body);
      String tag = "\"%x-%x\"".formatted(body.length, sum.getValue());
      context.header("ETag", tag).header("Cache-Control", "no-cache");
      String known = context.header("If-None-Match");
      if (known != null && known.contains(tag)) {
        context.status(304);
        return;
      }
    }
    context.result(body);
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
    send(
        context.contentType("text/csv; charset=utf-8; header=present"),
        Csv.of(schema, document.path("items")).getBytes(StandardCharsets.UTF_8));
  }
}

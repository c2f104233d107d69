package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.serve.read.Json;

/** A request that cannot be answered as asked: problem details after RFC 9457. */
final class Problem extends RuntimeException {
  static final String CONTENT_TYPE = "application/problem+json";

  private static final long serialVersionUID = 1L;
  private static final String TYPE_PREFIX = "urn:nightglass:problem:";

  private final int status;
  private final String name;
  private final String title;
  private final transient List<Fault> faults;

  /**
   * One fault of a request.
   *
   * @param parameter its name
   * @param value as given; null where it is missing
   * @param accepted what would do
   */
  record Fault(String parameter, @Nullable String value, String accepted) {}

  Problem(int status, String name, String title, String detail, List<Fault> faults) {
    super(detail, null, false, false);
    this.status = status;
    this.name = name;
    this.title = title;
    this.faults = List.copyOf(faults);
  }

  /** What is asked for is not there. */
  static Problem notFound(String detail) {
    return new Problem(404, "not-found", "Not found", detail, List.of());
  }

  /** A request with faults, all of them at once. */
  static Problem badRequest(List<Fault> faults) {
    StringBuilder detail = new StringBuilder();
    for (Fault fault : faults) {
      detail
          .append(detail.isEmpty() ? "" : "; ")
          .append(fault.parameter())
          .append(fault.value() == null ? " is missing" : "=" + fault.value())
          .append(" (accepted: ")
          .append(fault.accepted())
          .append(')');
    }
    return new Problem(400, "bad-request", "Bad request", detail.toString(), faults);
  }

  /** What is asked for cannot be had now. */
  static Problem unavailable(String name, String detail) {
    return new Problem(503, name, "Not available now", detail, List.of());
  }

  int status() {
    return status;
  }

  /** The document. */
  ObjectNode document(String path) {
    ObjectNode document = plain(status, title, String.valueOf(getMessage()), path);
    document.put("type", TYPE_PREFIX + name);
    if (!faults.isEmpty()) {
      ArrayNode errors = document.putArray("errors");
      for (Fault fault : faults) {
        errors
            .addObject()
            .put("parameter", fault.parameter())
            .put("value", fault.value())
            .put("accepted", fault.accepted());
      }
    }
    return document;
  }

  /** The document of a problem that has no type of its own. */
  static ObjectNode plain(int status, String title, String detail, String path) {
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.put("type", "about:blank");
    document.put("title", title);
    document.put("status", status);
    document.put("detail", detail);
    document.put("instance", path);
    return document;
  }
}

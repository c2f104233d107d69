package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.nightglass.serve.read.Json;

/** Asks an instance's API; lists are fetched whole, page by page. */
public final class ApiClient {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 1000;

  private final URI base;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /**
   * @param base address of the instance, for instance {@code http://127.0.0.1:8080}
   */
  public ApiClient(URI base) {
    this.base = base;
  }

  /**
   * One document.
   *
   * @param path with parameters, beginning with a slash
   * @throws ReportException if it cannot be had
   */
  JsonNode get(String path) {
    HttpResponse<byte[]> response = send(path);
    try {
      JsonNode document = Json.MAPPER.readTree(response.body());
      if (response.statusCode() == 200) {
        return document;
      }
      throw new ReportException(
          "%s%s answers %d: %s"
              .formatted(
                  base, path, response.statusCode(), document.path("detail").asText("no reason")));
    } catch (IOException e) {
      throw new ReportException(
          "%s%s does not answer as Nightglass does: %s".formatted(base, path, e.getMessage()));
    }
  }

  /** Every item of a list. */
  List<JsonNode> all(String path) {
    List<JsonNode> items = new ArrayList<>();
    String separator = path.contains("?") ? "&" : "?";
    String cursor = "";
    do {
      JsonNode page = get(path + separator + "limit=" + PAGE + cursor);
      page.path("items").forEach(items::add);
      JsonNode next = page.path("next");
      cursor = next.isTextual() ? "&cursor=" + encoded(next.asText()) : "";
    } while (!cursor.isEmpty());
    return items;
  }

  /** Whether the instance says that its answers are up to date. */
  public boolean ready() {
    return send("/readyz").statusCode() == 200;
  }

  static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpResponse<byte[]> send(String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .header("Accept", "application/json")
            .build();
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new ReportException(
          "%s cannot be asked (%s): is Nightglass running there?".formatted(base, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ReportException("interrupted while asking " + base);
    }
  }
}

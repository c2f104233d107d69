package org.nightglass.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the REST API: tries the registry's instances in turn, starting with the one that
 * answered last, and when all have failed waits and begins again. Safe for use by several threads.
 */
final class RegistryTransport {
  private static final Logger LOG = LoggerFactory.getLogger(RegistryTransport.class);
  private static final String MEDIA_TYPE = "application/vnd.schemaregistry.v1+json";
  private static final int MESSAGE_LIMIT = 500;

  private final RegistryConfig config;
  private final Backoff.Sleeper sleeper;
  private final RandomGenerator random;
  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  /** Index of the instance that answered last. */
  private final AtomicInteger preferred = new AtomicInteger();

  RegistryTransport(RegistryConfig config, Backoff.Sleeper sleeper, RandomGenerator random) {
    this.config = config;
    this.sleeper = sleeper;
    this.random = random;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER) // credentials go where we were told, only
            .connectTimeout(config.connectTimeout());
    if (config.tls() != null) {
      builder.sslContext(config.tls().context());
    }
    this.http = builder.build();
  }

  JsonNode get(String path) {
    return call("GET", path, null);
  }

  JsonNode post(String path, JsonNode body) {
    return call("POST", path, body);
  }

  private JsonNode call(String method, String path, @Nullable JsonNode body) {
    for (int retry = 0; ; retry++) {
      try {
        return callEachInstance(method, path, body);
      } catch (Failed e) {
        if (retry >= config.backoff().retries()) {
          throw new RegistryException.Unavailable(
              "Schema registry unavailable after %d tries of %s %s: %s"
                  .formatted(retry + 1, method, path, e.getMessage()),
              e.getCause());
        }
        pause(retry, e);
      }
    }
  }

  private JsonNode callEachInstance(String method, String path, @Nullable JsonNode body)
      throws Failed {
    int count = config.urls().size();
    int first = preferred.get();
    @Nullable Failed last = null;
    for (int i = 0; i < count; i++) {
      int index = (first + i) % count;
      try {
        JsonNode answer = callOne(config.urls().get(index), method, path, body);
        preferred.set(index);
        return answer;
      } catch (Failed e) {
        last = e;
      }
    }
    throw last == null ? new Failed("no address", null) : last;
  }

  private JsonNode callOne(URI base, String method, String path, @Nullable JsonNode body)
      throws Failed {
    URI uri = URI.create(base + path);
    HttpResponse<byte[]> response;
    try {
      response = http.send(request(uri, method, body), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new Failed(uri + ": " + e, e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    int status = response.statusCode();
    if (status >= 500 || status == 429 || status == 408) {
      throw new Failed(uri + ": HTTP " + status + " " + text(response.body()), null);
    }
    JsonNode answer = parse(response.body());
    if (status == 200) {
      if (!answer.isContainerNode()) {
        throw new RegistryException.Refused(
            uri + " answers, but not with JSON: is it a schema registry?", status);
      }
      return answer;
    }
    throw refusal(uri, status, answer, response.body());
  }

  private HttpRequest request(URI uri, String method, @Nullable JsonNode body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(config.requestTimeout())
            .header("Accept", MEDIA_TYPE + ", application/json")
            .method(
                method,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    if (body != null) {
      request.header("Content-Type", MEDIA_TYPE);
    }
    if (config.authorization() != null) {
      request.header("Authorization", config.authorization());
    }
    return request.build();
  }

  /**
   * Only the registry's own error codes 40401 to 40499 say that a schema is unknown. A bare 404 is
   * what any web server says to a wrong base path, and taking that for an unknown schema would
   * reject a whole night's spectra.
   */
  private static RegistryException refusal(URI uri, int status, JsonNode answer, byte[] body) {
    int code = answer.path("error_code").asInt(status);
    String message = answer.path("message").asText(text(body));
    if (status == 404 && code > 40400 && code < 40500) {
      return new RegistryException.NotFound("%s: %s (error code %d)".formatted(uri, message, code));
    }
    String hint = status == 404 ? "; is the base path right?" : "";
    return new RegistryException.Refused(
        "%s: HTTP %d, error code %d: %s%s".formatted(uri, status, code, message, hint), status);
  }

  private JsonNode parse(byte[] body) {
    try {
      JsonNode node = json.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }

  private static String text(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8).strip();
    return text.length() <= MESSAGE_LIMIT ? text : text.substring(0, MESSAGE_LIMIT) + "…";
  }

  private void pause(int retry, Failed failure) {
    var wait = config.backoff().before(retry, random);
    LOG.warn(
        "Schema registry: {}; retry {} of {} in {} ms",
        failure.getMessage(),
        retry + 1,
        config.backoff().retries(),
        wait.toMillis());
    try {
      sleeper.sleep(wait);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static RegistryException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new RegistryException.Unavailable("Interrupted while calling the schema registry", e);
  }

  /** One round over all instances failed in a way that may pass. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    Failed(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}

package org.nightglass.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * A stand-in for a schema registry, over real HTTP on loopback: enough of Confluent's REST API for
 * the client, and failures on demand. What real registries answer is tested against a real one
 * elsewhere.
 */
public final class RegistryStandIn implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final String basePath;
  private final ObjectMapper json = new ObjectMapper();

  private final List<Entry> schemas = new ArrayList<>();
  private final Map<String, List<Integer>> subjects = new LinkedHashMap<>();

  /** Answers given, one each, before the registry works: status and body. */
  private final Queue<Answer> failures = new ConcurrentLinkedQueue<>();

  /** Requests seen: method and path. */
  public final List<String> requests = new CopyOnWriteArrayList<>();

  private volatile String requiredAuthorization = "";
  private volatile long delayMillis;

  private record Entry(String text, String type) {}

  private record Answer(int status, String body) {}

  private RegistryStandIn(HttpServer server, String basePath) {
    this.server = server;
    this.basePath = basePath;
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  public static RegistryStandIn start() {
    return start("");
  }

  public static RegistryStandIn start(String basePath) {
    try {
      return new RegistryStandIn(HttpServer.create(loopback(), 0), basePath);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static RegistryStandIn startTls(SSLContext context) throws IOException {
    HttpsServer server = HttpsServer.create(loopback(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new RegistryStandIn(server, "");
  }

  private static InetSocketAddress loopback() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  public String url() {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://localhost:" + server.getAddress().getPort() + basePath;
  }

  /** Answers the next requests with this status instead, once for each call of this method. */
  public void failNext(int status, String body) {
    failures.add(new Answer(status, body));
  }

  void requireAuthorization(String header) {
    requiredAuthorization = header;
  }

  void delay(long millis) {
    delayMillis = millis;
  }

  /** Puts a schema in under a new id, of any type and in any state. */
  public synchronized int put(String schema, String type) {
    schemas.add(new Entry(schema, type));
    return schemas.size();
  }

  public synchronized int put(Schema schema) {
    return put(schema.toString(), "AVRO");
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getRawPath();
      requests.add(exchange.getRequestMethod() + " " + path);
      Answer answer = answer(exchange, path, body);
      byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/vnd.schemaregistry.v1+json");
      exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private Answer answer(HttpExchange exchange, String path, byte[] body) throws IOException {
    pause();
    Answer failure = failures.poll();
    if (failure != null) {
      return failure;
    }
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    if (!requiredAuthorization.isEmpty() && !requiredAuthorization.equals(given)) {
      return error(401, 40101, "Unauthorized");
    }
    if (!path.startsWith(basePath + "/")) {
      return new Answer(404, "<html>Not Found</html>");
    }
    JsonNode request = body.length == 0 ? json.nullNode() : json.readTree(body);
    return route(path.substring(basePath.length() + 1).split("/"), request);
  }

  private void pause() {
    try {
      Thread.sleep(delayMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized Answer route(String[] path, JsonNode request) {
    if (path[0].equals("schemas")) {
      return byId(Integer.parseInt(path[2]));
    }
    String subject =
        java.net.URLDecoder.decode(
            path[path[0].equals("compatibility") ? 2 : 1], StandardCharsets.UTF_8);
    if (path[0].equals("compatibility")) {
      return compatibility(subject, request.path("schema").asText());
    }
    if (path.length == 2) {
      return lookup(subject, request.path("schema").asText());
    }
    return path.length == 3 ? register(subject, request.path("schema").asText()) : latest(subject);
  }

  private Answer byId(int id) {
    if (id < 1 || id > schemas.size()) {
      return error(404, 40403, "Schema " + id + " not found");
    }
    Entry entry = schemas.get(id - 1);
    var answer = json.createObjectNode().put("schema", entry.text());
    if (!entry.type().equals("AVRO")) {
      answer.put("schemaType", entry.type());
    }
    return new Answer(200, answer.toString());
  }

  private Answer register(String subject, String text) {
    if (!accepts(subject, text)) {
      return error(409, 409, "Schema being registered is incompatible with an earlier schema");
    }
    int id = idOf(text);
    if (id == 0) {
      id = put(text, "AVRO");
    }
    List<Integer> versions = subjects.computeIfAbsent(subject, s -> new ArrayList<>());
    if (!versions.contains(id)) {
      versions.add(id);
    }
    return new Answer(200, json.createObjectNode().put("id", id).toString());
  }

  private Answer lookup(String subject, String text) {
    List<Integer> versions = subjects.get(subject);
    if (versions == null) {
      return error(404, 40401, "Subject '" + subject + "' not found");
    }
    int id = idOf(text);
    return versions.contains(id)
        ? new Answer(200, version(subject, id))
        : error(404, 40403, "Schema not found");
  }

  private Answer latest(String subject) {
    List<Integer> versions = subjects.get(subject);
    return versions == null
        ? error(404, 40401, "Subject '" + subject + "' not found")
        : new Answer(200, version(subject, versions.get(versions.size() - 1)));
  }

  private Answer compatibility(String subject, String text) {
    if (!subjects.containsKey(subject)) {
      return error(404, 40401, "Subject '" + subject + "' not found");
    }
    var answer = json.createObjectNode().put("is_compatible", accepts(subject, text));
    if (!accepts(subject, text)) {
      answer.putArray("messages").add("a reader's field has no default");
    }
    return new Answer(200, answer.toString());
  }

  private String version(String subject, int id) {
    return json.createObjectNode()
        .put("subject", subject)
        .put("version", subjects.get(subject).indexOf(id) + 1)
        .put("id", id)
        .put("schema", schemas.get(id - 1).text())
        .toString();
  }

  private int idOf(String text) {
    for (int i = 0; i < schemas.size(); i++) {
      if (schemas.get(i).text().equals(text)) {
        return i + 1;
      }
    }
    return 0;
  }

  private boolean accepts(String subject, String text) {
    List<Integer> versions = subjects.getOrDefault(subject, List.of());
    Schema reader = new Schema.Parser().parse(text);
    return versions.stream()
        .map(id -> new Schema.Parser().parse(schemas.get(id - 1).text()))
        .allMatch(
            writer ->
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
                    == SchemaCompatibilityType.COMPATIBLE);
  }

  private Answer error(int status, int code, String message) {
    return new Answer(
        status, json.createObjectNode().put("error_code", code).put("message", message).toString());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

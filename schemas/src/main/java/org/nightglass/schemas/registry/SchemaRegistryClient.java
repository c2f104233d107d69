package org.nightglass.schemas.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParser;

/**
 * A small client of the Confluent REST API: registers Avro schemas and finds them by id. Ids and
 * schemas are immutable in a registry, so what was found once is kept for ever; that an id was
 * <em>not</em> found is kept for seconds.
 *
 * <p>Safe for use by several threads; calls block. Every method may throw any of the three {@link
 * RegistryException}s. Schema references (one schema in several subjects) are not supported: Avro
 * schemas of this project are whole.
 */
public final class SchemaRegistryClient {
  private final RegistryTransport transport;
  private final UnknownIds unknownIds;
  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<InSubject, Integer> registered = new ConcurrentHashMap<>();
  private final Map<InSubject, Integer> lookedUp = new ConcurrentHashMap<>();

  /** A client with the system's clock. */
  public SchemaRegistryClient(RegistryConfig config) {
    this(
        config,
        wait -> Thread.sleep(wait.toMillis()),
        Clock.systemUTC(),
        RandomGenerator.getDefault());
  }

  /**
   * A client whose time and chance are given.
   *
   * @param sleeper lets time pass between retries
   * @param clock says how old a negative answer is
   * @param random jitter
   */
  SchemaRegistryClient(
      RegistryConfig config, Backoff.Sleeper sleeper, InstantSource clock, RandomGenerator random) {
    this.transport = new RegistryTransport(config, sleeper, random);
    this.unknownIds = new UnknownIds(config.missingTtl(), config.missingCacheSize(), clock);
  }

  /** A client from settings, see {@link RegistryConfig}. */
  public static SchemaRegistryClient of(Map<String, ?> settings) {
    return new SchemaRegistryClient(RegistryConfig.from(settings));
  }

  /**
   * Registers a schema, if it is not yet, and returns its id.
   *
   * @throws RegistryException.Refused also if the schema is incompatible with the subject's earlier
   *     ones (409)
   */
  public int register(String subject, Schema schema) {
    InSubject key = new InSubject(subject, schema);
    Integer known = registered.get(key);
    if (known != null) {
      return known;
    }
    String path = "/subjects/" + encode(subject) + "/versions";
    int id = id(transport.post(path, body(schema)), path);
    registered.put(key, id);
    return id;
  }

  /**
   * The id of a schema that is already registered.
   *
   * @throws RegistryException.NotFound if it is not
   */
  public int lookup(String subject, Schema schema) {
    InSubject key = new InSubject(subject, schema);
    Integer known = lookedUp.get(key);
    if (known != null) {
      return known;
    }
    String path = "/subjects/" + encode(subject);
    int id = id(transport.post(path, body(schema)), path);
    lookedUp.put(key, id);
    return id;
  }

  /**
   * The schema with an id.
   *
   * @throws RegistryException.NotFound if the registry does not know the id
   * @throws UnusableSchemaException if what stands under the id is no Avro schema
   */
  public Schema schemaById(int id) {
    Schema known = schemas.get(id);
    if (known != null) {
      return known;
    }
    if (unknownIds.contains(id)) {
      throw new RegistryException.NotFound(
          "Schema id " + id + " was not known to the registry a moment ago");
    }
    try {
      JsonNode answer = transport.get("/schemas/ids/" + id);
      Schema schema = parse(answer, "schema id " + id);
      schemas.put(id, schema);
      return schema;
    } catch (RegistryException.NotFound e) {
      unknownIds.add(id);
      throw e;
    }
  }

  /**
   * The newest version of a subject; never cached.
   *
   * @throws RegistryException.NotFound if the subject has none
   */
  public RegisteredSchema latest(String subject) {
    String path = "/subjects/" + encode(subject) + "/versions/latest";
    JsonNode answer = transport.get(path);
    return new RegisteredSchema(
        subject,
        answer.path("version").asInt(),
        id(answer, path),
        parse(answer, "newest version of " + subject));
  }

  /**
   * Asks whether a schema would be accepted next to the subject's newest version. A subject without
   * versions accepts everything.
   */
  public Compatibility checkCompatibility(String subject, Schema schema) {
    try {
      JsonNode answer =
          transport.post(
              "/compatibility/subjects/" + encode(subject) + "/versions/latest?verbose=true",
              body(schema));
      List<String> messages = new ArrayList<>();
      answer.path("messages").forEach(message -> messages.add(message.asText()));
      return new Compatibility(answer.path("is_compatible").asBoolean(), messages);
    } catch (RegistryException.NotFound e) {
      return new Compatibility(true, List.of());
    }
  }

  private static ObjectNode body(Schema schema) {
    return JsonNodeFactory.instance.objectNode().put("schema", schema.toString());
  }

  private static int id(JsonNode answer, String path) {
    JsonNode id = answer.path("id");
    if (!id.canConvertToInt()) {
      throw new RegistryException.Refused("The registry's answer to " + path + " has no id", 200);
    }
    return id.asInt();
  }

  private static Schema parse(JsonNode answer, String what) {
    // Confluent leaves the type out where it is Avro.
    String type = answer.path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnusableSchemaException(what + " is no Avro schema but " + type, null);
    }
    JsonNode text = answer.path("schema");
    if (!text.isTextual()) {
      throw new RegistryException.Refused("The registry's answer holds no schema: " + what, 200);
    }
    try {
      return new SchemaParser().parse(text.asText()).mainSchema();
    } catch (AvroRuntimeException e) {
      throw new UnusableSchemaException(what + " cannot be parsed: " + e.getMessage(), e);
    }
  }

  private static String encode(String subject) {
    return URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private record InSubject(String subject, Schema schema) {}
}

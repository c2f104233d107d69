package org.nightglass.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.TargetOverride;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Serdes;
import org.nightglass.config.Settings;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.ReadModel;

/** Takes people's words on single targets, and writes them to Kafka for the account to follow. */
final class OverrideApi implements AutoCloseable {
  private static final List<String> ACTIONS =
      List.of("ACCEPT", "REJECT", "DO_NOT_OBSERVE", "CLEAR");
  private static final Set<String> FIELDS = Set.of("action", "class_label", "z", "by", "reason");
  private static final int PATIENCE_MS = 10_000;

  private final ReadModel model;
  private final Token token;
  private final Clock clock;
  private final String topic;
  private final KafkaProducer<String, TargetOverride> producer;

  OverrideApi(NightglassConfig config, ReadModel model, Token token, Clock clock) {
    this.model = model;
    this.token = token;
    this.clock = clock;
    this.topic = config.topics().overrides();
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS / 2);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MS);
    Serializer<TargetOverride> serializer =
        Serdes.configured(config, Settings.SERDE_NIGHT_PRODUCT, TargetOverride.class);
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), serializer);
  }

  void addTo(RoutesConfig routes) {
    routes.post("/api/v1/targets/{target_id}/override", this::override);
  }

  private void override(Context context) {
    token.demand(context);
    new Query(context).check();
    String type = context.contentType();
    if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw new Problem(
          415,
          "media-type",
          "Unsupported media type",
          "Content-Type is %s, must be application/json".formatted(type),
          List.of());
    }
    String target = context.pathParam("target_id");
    TargetOverride word = word(target, read(context.bodyAsBytes()));
    if (model.target(target) == null && model.resultsOf(target, 1).isEmpty()) {
      throw Problem.notFound(
          "no target '%s' is known; /api/v1/targets?q= finds names by how they begin"
              .formatted(target));
    }
    RecordMetadata at = send(word);
    ObjectNode answer = Json.of(word);
    answer.put("topic", at.topic());
    answer.put("partition", at.partition());
    answer.put("offset", at.offset());
    Answer.json(context.status(202), answer);
  }

  private static JsonNode read(byte[] body) {
    JsonNode read;
    try {
      read = Json.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw bodyFault("JSON of one object: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw bodyFault("JSON of one object, in UTF-8");
    }
    if (read == null || !read.isObject()) {
      throw bodyFault("JSON of one object");
    }
    return read;
  }

  private static Problem bodyFault(String accepted) {
    return Problem.badRequest(List.of(new Problem.Fault("body", "what was sent", accepted)));
  }

  private TargetOverride word(String target, JsonNode body) {
    List<Problem.Fault> faults = new ArrayList<>();
    Iterator<String> names = body.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!FIELDS.contains(name)) {
        faults.add(
            new Problem.Fault(
                name,
                shown(body.path(name)),
                "only the fields " + String.join(", ", FIELDS.stream().sorted().toList())));
      }
    }
    String action = text(body, "action", 20, true, faults);
    if (action != null && !ACTIONS.contains(action)) {
      faults.add(new Problem.Fault("action", action, String.join(", ", ACTIONS)));
    }
    String label = text(body, "class_label", 100, false, faults);
    Double z = z(body, faults);
    String by = text(body, "by", 200, true, faults);
    String reason = text(body, "reason", 2000, true, faults);
    if ((label != null || z != null) && action != null && !action.equals("ACCEPT")) {
      faults.add(
          new Problem.Fault(
              label == null ? "z" : "class_label",
              label == null ? String.valueOf(z) : label,
              "only with action ACCEPT"));
    }
    if (!faults.isEmpty() || action == null || by == null || reason == null) {
      throw Problem.badRequest(faults);
    }
    return TargetOverride.newBuilder()
        .setTargetId(target)
        .setAction(OverrideAction.valueOf(action))
        .setClassLabel(label)
        .setZ(z)
        .setAt(clock.instant().truncatedTo(ChronoUnit.MILLIS))
        .setBy(by)
        .setReason(reason)
        .build();
  }

  private static @Nullable String text(
      JsonNode body, String name, int most, boolean needed, List<Problem.Fault> faults) {
    JsonNode value = body.path(name);
    if (!needed && (value.isMissingNode() || value.isNull())) {
      return null;
    }
    if (!value.isTextual()
        || value.asText().isBlank()
        || value.asText().length() > most
        || value.asText().indexOf('\0') >= 0) {
      faults.add(
          new Problem.Fault(name, shown(value), "text of 1 to " + most + " characters, not blank"));
      return null;
    }
    return value.asText();
  }

  private static @Nullable Double z(JsonNode body, List<Problem.Fault> faults) {
    JsonNode value = body.path("z");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber() || !(value.asDouble() >= -0.1 && value.asDouble() <= 20)) {
      faults.add(new Problem.Fault("z", shown(value), "a number of -0.1 to 20"));
      return null;
    }
    return value.asDouble();
  }

  private static @Nullable String shown(JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    String text = value.isTextual() ? value.asText() : value.toString();
    return text.length() > 100 ? text.substring(0, 100) + "…" : text;
  }

  private RecordMetadata send(TargetOverride word) {
    try {
      return producer
          .send(new ProducerRecord<>(topic, word.getTargetId(), word))
          .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
      throw Problem.unavailable(
          "kafka", "the override was not written, try again: " + cause.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("stopping", "the override was not written: stopping");
    }
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}

package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nightglass.config.Settings;
import org.nightglass.infer.Precision;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.ReadModel;

/** The service itself: status, health, metrics, the model's card, the API's document. */
final class ServiceApi {
  private static final Pattern NOT_FINITE = Pattern.compile(" (NaN|[+-]Inf)$");

  private final ServedApplication application;
  private final ReadModel model;
  private final EventsApi events;
  private final PrometheusMeterRegistry metrics;
  private final Clock clock;
  private final byte[] document = ApiDocument.bytes();

  ServiceApi(ServedApplication application, ReadModel model, EventsApi events, Clock clock) {
    this.application = application;
    this.model = model;
    this.events = events;
    this.metrics = application.metrics();
    this.clock = clock;
  }

  void addTo(RoutesConfig routes, ServeMetrics refreshed) {
    routes.get("/api/v1/status", this::status);
    routes.get("/api/v1/models", this::models);
    routes.get("/api/v1/openapi.json", context -> Answer.json(context, document));
    routes.get("/healthz", context -> health(context, reasonsBroken()));
    routes.get("/readyz", context -> health(context, reasonsNotReady()));
    routes.get("/metrics", context -> metrics(context, refreshed));
  }

  private void metrics(Context context, ServeMetrics refreshed) {
    refreshed.refresh();
    context
        .contentType("text/plain; version=0.0.4; charset=utf-8")
        .result(finite(metrics.scrape()));
  }

  /** Without what Kafka's clients have not measured yet, and say so by NaN. */
  private static String finite(String scraped) {
    return scraped
        .lines()
        .filter(line -> line.startsWith("#") || !NOT_FINITE.matcher(line).find())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Whether spectra are worked on and answers are up to date. */
  boolean ready() {
    return reasonsNotReady().isEmpty();
  }

  private List<String> reasonsBroken() {
    List<String> reasons = new ArrayList<>(application.reasonsBroken().get());
    reasons.addAll(model.reasonsBroken());
    return reasons;
  }

  private List<String> reasonsNotReady() {
    List<String> reasons = new ArrayList<>(application.reasonsNotReady().get());
    reasons.addAll(model.reasonsNotReady());
    return reasons;
  }

  private static void health(Context context, List<String> reasons) {
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("status", reasons.isEmpty() ? "ok" : "failing");
    ArrayNode listed = answer.putArray("reasons");
    reasons.forEach(listed::add);
    Answer.json(context.status(reasons.isEmpty() ? 200 : 503), answer);
  }

  private void status(Context context) {
    new Query(context).check();
    List<String> reasons = reasonsNotReady();
    NavigableSet<String> nights = model.nights();
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("application_id", application.config().string(Settings.APPLICATION_ID));
    answer.put("version", application.version());
    answer.put("now", clock.instant().toString());
    answer.put("latest_night", nights.isEmpty() ? null : nights.last());
    answer.put("ready", reasons.isEmpty());
    ArrayNode listed = answer.putArray("reasons");
    reasons.forEach(listed::add);
    answer.put("records_behind", model.behind());
    var last = model.lastRecordAt();
    answer.put("last_record_at", last == null ? null : last.toString());
    answer.put("event_streams", events.connections());
    answer.put("writable", true);
    Answer.json(context, answer);
  }

  private void models(Context context) {
    new Query(context).check();
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("active", application.card().name() + "/" + application.card().version());
    Precision precision = application.precision();
    answer.put("precision", precision == null ? null : precision.toString());
    answer.putArray("items").add(Json.MAPPER.valueToTree(application.card()));
    Answer.json(context, answer);
  }
}

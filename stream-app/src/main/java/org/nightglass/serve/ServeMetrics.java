package org.nightglass.serve;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.YieldRatio;
import org.nightglass.metrics.Metric;
import org.nightglass.serve.read.ReadModel;

/**
 * What the server measures: the read model, listeners, requests, and how complete open nights are.
 */
final class ServeMetrics {
  private static final String ALL_PROGRAMMES = "all";

  private final MeterRegistry registry;
  private final ReadModel model;
  private final MultiGauge ratios;
  private final MultiGauge targets;

  ServeMetrics(MeterRegistry registry, ReadModel model, EventsApi events, BooleanSupplier ready) {
    this.registry = registry;
    this.model = model;
    this.ratios = multiGauge(Metric.COMPLETENESS);
    this.targets = multiGauge(Metric.TARGETS);
    gauge(Metric.READ_BEHIND, model, ReadModel::behind);
    gauge(Metric.LISTENERS, events, EventsApi::connections);
    gauge(Metric.READY, ready, is -> is.getAsBoolean() ? 1 : 0);
    counter(Metric.READ_RECORDS, model, ReadModel::recordsRead);
    counter(Metric.READ_UNDECODABLE, model, ReadModel::undecodable);
    counter(Metric.LISTENERS_DROPPED, events, EventsApi::dropped);
  }

  private MultiGauge multiGauge(Metric metric) {
    return MultiGauge.builder(metric.id()).description(metric.text()).register(registry);
  }

  private <T> void gauge(Metric metric, T of, ToDoubleFunction<T> value) {
    Gauge.builder(metric.id(), of, value)
        .description(metric.text())
        .baseUnit(metric.unit().isEmpty() ? null : metric.unit())
        .register(registry);
  }

  private <T> void counter(Metric metric, T of, ToDoubleFunction<T> value) {
    FunctionCounter.builder(metric.id(), of, value).description(metric.text()).register(registry);
  }

  /** Measures every request but those that listen to events. */
  void time(JavalinConfig settings) {
    settings.requestLogger.http(
        (context, milliseconds) -> {
          String route = route(context);
          if (!route.endsWith("/events")) {
            Metric.REQUESTS
                .timer()
                .tags(
                    "method",
                    context.method().name(),
                    "route",
                    route,
                    "status",
                    Integer.toString(context.statusCode()))
                .register(registry)
                .record(Duration.ofNanos(Math.round(milliseconds * 1e6)));
          }
        });
  }

  /** The route's pattern, so that a thousand targets make one series. */
  private static String route(Context context) {
    Endpoint endpoint = context.endpoints().lastHttpEndpoint();
    return endpoint == null || endpoint.path.isEmpty() ? "other" : endpoint.path;
  }

  /** Brings the figures of open nights up to date; called when they are asked for. */
  void refresh() {
    List<Row<?>> completeness = new ArrayList<>();
    List<Row<?>> counts = new ArrayList<>();
    for (String night : model.nights()) {
      NightStatus status = model.night(night);
      if (status != null && status.getState() == NightState.OPEN) {
        for (NightYield yield : model.yields(night, NightApi::isTotalOrProgramme)) {
          Tags tags = Tags.of("night", night, "programme", programme(yield.getProgramme()));
          addRatios(completeness, tags, yield);
          addCounts(counts, tags, yield);
        }
      }
    }
    ratios.register(completeness, true);
    targets.register(counts, true);
  }

  private static String programme(@Nullable String name) {
    return name == null ? ALL_PROGRAMMES : name;
  }

  private static void addRatios(List<Row<?>> rows, Tags tags, NightYield yield) {
    for (YieldRatio ratio : yield.getRatios()) {
      if (ratio.getValue() != null) {
        rows.add(Row.of(tags.and("ratio", ratio.getName()), ratio.getValue()));
      }
    }
  }

  private static void addCounts(List<Row<?>> rows, Tags tags, NightYield yield) {
    addCount(rows, tags, "targeted", yield.getTargeted());
    addCount(rows, tags, "assigned", yield.getAssigned());
    addCount(rows, tags, "observed", yield.getObserved());
    addCount(rows, tags, "valid", yield.getValid());
    addCount(rows, tags, "classified", yield.getClassified());
    addCount(rows, tags, "good_z", yield.getGoodZ());
  }

  private static void addCount(List<Row<?>> rows, Tags tags, String step, @Nullable Long count) {
    if (count != null) {
      rows.add(Row.of(tags.and("step", step), count));
    }
  }
}

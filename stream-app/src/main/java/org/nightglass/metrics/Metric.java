package org.nightglass.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * Every metric of Nightglass's own, named once. The page {@code docs/metrics.md} is made from this;
 * dashboards and alerts may refer to nothing else, but what Kafka Streams and the JVM bring.
 */
public enum Metric {
  BATCH_SIZE(
      "nightglass.batch.size", Kind.SUMMARY, "", "Spectra in a batch of the model.", List.of()),
  BATCH_WAIT(
      "nightglass.batch.wait",
      Kind.TIMER,
      "seconds",
      "Time that a batch's oldest spectrum waited for others.",
      List.of()),
  MODEL_TIME(
      "nightglass.model.time",
      Kind.TIMER,
      "seconds",
      "Time that the model took for a batch, waiting for its turn included.",
      List.of()),
  MODEL_RUNS(
      "nightglass.model.runs",
      Kind.COUNTER,
      "",
      "Runs of TensorFlow sessions: a batch is one of the classifier and one of each redshift network that it needs.",
      List.of()),
  MODEL_ROWS(
      "nightglass.model.rows",
      Kind.COUNTER,
      "",
      "Rows that those runs saw, padding included.",
      List.of()),
  MODEL_NATIVE_BYTES(
      "nightglass.model.native.memory",
      Kind.GAUGE,
      "bytes",
      "Native memory that the TensorFlow bindings hold in tensors and the like.",
      List.of()),
  RESULTS(
      "nightglass.results",
      Kind.COUNTER,
      "",
      "Results that this instance has emitted, by kind of fibre and whether the redshift is accepted.",
      List.of("kind", "good")),
  REJECTS(
      "nightglass.rejects",
      Kind.COUNTER,
      "",
      "Events that this instance could not process, by reason.",
      List.of("reason")),
  LATENCY(
      "nightglass.latency",
      Kind.TIMER,
      "seconds",
      "From the broker's taking a spectrum to its result, as emitted; readers of committed records see it up to"
          + " commit.interval.ms later.",
      List.of()),
  OBSERVATION_LATENCY(
      "nightglass.observation.latency",
      Kind.TIMER,
      "seconds",
      "From the end of the exposure to the result; of a replayed night that is its age.",
      List.of()),
  READY(
      "nightglass.ready",
      Kind.GAUGE,
      "",
      "1 where spectra are worked on and answers are up to date, else 0; /readyz says why.",
      List.of()),
  COMPLETENESS(
      "nightglass.completeness",
      Kind.GAUGE,
      "",
      "Ratios of open nights by programme, 0 to 1: observation_completeness, success_rate, redshift_completeness and"
          + " the other names of NightYield; programme 'all' is all of them together.",
      List.of("night", "programme", "ratio")),
  TARGETS(
      "nightglass.targets",
      Kind.GAUGE,
      "",
      "Unique targets of open nights by programme and step of the funnel: targeted, assigned, observed, valid,"
          + " classified, good_z.",
      List.of("night", "programme", "step")),
  READ_RECORDS(
      "nightglass.read.records",
      Kind.COUNTER,
      "",
      "Records that the read model has read.",
      List.of()),
  READ_UNDECODABLE(
      "nightglass.read.undecodable",
      Kind.COUNTER,
      "",
      "Records that the read model could not decode and passed over.",
      List.of()),
  READ_BEHIND(
      "nightglass.read.behind",
      Kind.GAUGE,
      "",
      "Records that the read model has not read yet.",
      List.of()),
  LISTENERS(
      "nightglass.events.listeners",
      Kind.GAUGE,
      "",
      "Connections that listen to events.",
      List.of()),
  LISTENERS_DROPPED(
      "nightglass.events.dropped",
      Kind.COUNTER,
      "",
      "Connections let go because they did not keep up with the events.",
      List.of()),
  REQUESTS(
      "nightglass.http.requests",
      Kind.TIMER,
      "seconds",
      "Requests answered, by method, route and status; listening to events is not among them.",
      List.of("method", "route", "status"));

  /** What a metric is, and with that which series Prometheus sees of it. */
  public enum Kind {
    COUNTER,
    GAUGE,
    SUMMARY,
    TIMER
  }

  private static final Duration[] BUCKETS =
      List.of(
              1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000,
              1_800_000)
          .stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final double[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024};

  private final String id;
  private final Kind kind;
  private final String unit;
  private final String text;
  private final List<String> tags;

  Metric(String id, Kind kind, String unit, String text, List<String> tags) {
    this.id = id;
    this.kind = kind;
    this.unit = unit;
    this.text = text;
    this.tags = tags;
  }

  /** The name by which Micrometer knows it. */
  public String id() {
    return id;
  }

  public Kind kind() {
    return kind;
  }

  /** Its unit; empty for counts and ratios. */
  public String unit() {
    return unit;
  }

  /** What it says, for people. */
  public String text() {
    return text;
  }

  /** The labels of its series. */
  public List<String> tags() {
    return tags;
  }

  /** The names of its series in Prometheus. */
  public List<String> series() {
    String base = id.replace('.', '_');
    return switch (kind) {
      case COUNTER -> List.of(base + "_total");
      case GAUGE -> List.of(unit.isEmpty() ? base : base + "_" + unit);
      case SUMMARY -> List.of(base + "_bucket", base + "_count", base + "_sum", base + "_max");
      case TIMER ->
          List.of(
              base + "_seconds_bucket",
              base + "_seconds_count",
              base + "_seconds_sum",
              base + "_seconds_max");
    };
  }

  /** A timer of this name, with buckets from a millisecond to half an hour. */
  public Timer.Builder timer() {
    return Timer.builder(id).description(text).serviceLevelObjectives(BUCKETS);
  }

  /** A summary of this name, with buckets of powers of two. */
  public DistributionSummary.Builder summary() {
    return DistributionSummary.builder(id).description(text).serviceLevelObjectives(SIZES);
  }

  /** A counter of this name. */
  public Counter.Builder counter() {
    return Counter.builder(id).description(text);
  }
}

package org.nightglass.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nightglass.avro.ObjectKind;
import org.nightglass.infer.EngineStatistics;
import org.nightglass.serve.read.Results;

/** Metrics, their page, and what dashboards and alerts ask of them. */
class MetricsPageTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", ""), "..").normalize();
  private static final Pattern OWN = Pattern.compile("nightglass_[a-z0-9_]+");

  @Test
  void shouldDocumentEveryMetricThatThereIs() throws IOException {
    Path page = ROOT.resolve("docs/metrics.md");
    String current = page();
    if (Boolean.getBoolean("nightglass.write.reference")) {
      Files.writeString(page, current);
    }
    assertThat(Files.readString(page))
        .as("docs/metrics.md; write it anew with -Dnightglass.write.reference=true")
        .isEqualTo(current);
  }

  private static String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Metrics

            `GET /metrics` gives them to Prometheus. This page is made from `Metric`; a timer or a summary has four
            series. Besides these there are those of Kafka Streams and its clients (`kafka_*`), the JVM (`jvm_*`) and the
            process (`process_*`, `system_*`), by Micrometer's names; what Kafka has not measured yet is left out.
            `deploy/prometheus/alerts.yml` and `deploy/grafana/` use them.

            """);
    for (Metric metric : Metric.values()) {
      page.append("## ").append(metric.id()).append("\n\n").append(metric.text());
      page.append(metric.unit().isEmpty() ? "" : " Unit: " + metric.unit() + ".").append("\n\n");
      page.append("Series: ").append(quoted(metric.series()));
      page.append(metric.tags().isEmpty() ? "" : "; labels: " + quoted(metric.tags()));
      page.append("\n\n");
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String quoted(List<String> names) {
    return names.stream().map(name -> '`' + name + '`').collect(Collectors.joining(", "));
  }

  @Test
  void shouldGiveTheStreamsSeriesTheNamesOfThePage() {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StreamMetrics metrics =
        new StreamMetrics(registry, () -> new EngineStatistics(3, 96, List.of(60L), 1 << 20));
    metrics.ran(32, 5_000_000, 20_000_000);
    metrics.emitted(Results.of("s1", "t1", ObjectKind.TARGET, Instant.EPOCH.plusSeconds(100)));
    metrics.rejected(Results.reject("BAD_HEADER", Instant.EPOCH));

    String scraped = registry.scrape();
    Set<String> found = names(scraped);

    assertThat(found).isSubsetOf(allSeries());
    assertThat(found)
        .contains(
            "nightglass_batch_size_bucket",
            "nightglass_model_time_seconds_sum",
            "nightglass_model_rows_total",
            "nightglass_model_native_memory_bytes",
            "nightglass_latency_seconds_count");
    assertThat(scraped)
        .contains("nightglass_rejects_total{reason=\"BAD_HEADER\"} 1.0")
        .contains("nightglass_results_total{good=\"true\",kind=\"TARGET\"} 1.0")
        .contains("nightglass_model_rows_total 96.0");
  }

  @Test
  void shouldCountALatencyThatClocksMakeNegativeAsNone() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    StreamMetrics metrics = new StreamMetrics(registry, () -> EngineStatistics.NONE);
    var early = Results.of("s1", "t1", ObjectKind.TARGET, Instant.EPOCH.plusSeconds(100));
    early.setIngestedAt(early.getEmittedAt().plusSeconds(5));
    metrics.emitted(early);
    assertThat(registry.get(Metric.LATENCY.id()).timer().totalTime(TimeUnit.SECONDS)).isZero();
  }

  @Test
  void shouldAlertOnMetricsThatExist() throws IOException {
    JsonNode rules =
        new YAMLMapper()
            .readTree(ROOT.resolve("deploy/prometheus/alerts.yml").toFile())
            .at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      assertKnown(rule.path("alert").asText(), rule.path("expr").asText());
      assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
      assertThat(rule.at("/annotations/action").asText()).isNotEmpty();
    }
  }

  @Test
  void shouldDrawMetricsThatExist() throws IOException {
    JsonNode panels =
        new ObjectMapper()
            .readTree(ROOT.resolve("deploy/grafana/nightglass.json").toFile())
            .path("panels");
    assertThat(panels).isNotEmpty();
    for (JsonNode panel : panels) {
      for (JsonNode target : panel.path("targets")) {
        assertKnown(panel.path("title").asText(), target.path("expr").asText());
      }
    }
  }

  private static void assertKnown(String where, String expression) {
    Set<String> own = names(expression);
    assertThat(allSeries()).as(where).containsAll(own);
    assertThat(own.isEmpty() && !expression.contains("jvm_memory_used_bytes"))
        .as("%s asks for nothing that is known: %s", where, expression)
        .isFalse();
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>();
    Matcher matcher = OWN.matcher(text.replaceAll("(?m)^#.*$", ""));
    while (matcher.find()) {
      names.add(matcher.group());
    }
    return names;
  }

  private static Set<String> allSeries() {
    return Arrays.stream(Metric.values())
        .flatMap(metric -> metric.series().stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

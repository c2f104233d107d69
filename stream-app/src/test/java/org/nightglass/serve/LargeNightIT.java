package org.nightglass.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetStateName;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.serve.read.Results;
import org.nightglass.serve.read.Row;

/**
 * A night of many results, asked about while more come in. How long answers took is written to
 * {@code target/api-latency.txt}, for people: no test fails of a slow machine.
 *
 * <p>{@code -Dnightglass.large.night=200000} sets how many there are.
 */
class LargeNightIT {
  private static final int RESULTS = Integer.getInteger("nightglass.large.night", 20_000);
  private static final int ASKED = 31;
  private static final int A_SECOND = 83; // 5,000 a minute

  @TempDir Path folder;

  @Test
  void shouldAnswerAboutALargeNightWhileItGrows() throws Exception {
    ScheduledExecutorService growing = Executors.newSingleThreadScheduledExecutor();
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, null);
        ServedNight served = new ServedNight(parts, "large", folder);
        SampleNight night = new SampleNight(served.config)) {
      night.write();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = SampleNight.SPECTRA; i < RESULTS; i++) {
        sent.add(send(served, night, i));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
      String base = "/api/v1/nights/" + Results.NIGHT;
      await()
          .atMost(Duration.ofMinutes(5))
          .pollInterval(Duration.ofSeconds(1))
          .until(() -> served.json(base + "/results?limit=1").path("matched").asInt() >= RESULTS);
      AtomicInteger next = new AtomicInteger(RESULTS);
      var unused =
          growing.scheduleAtFixedRate(
              () -> send(served, night, next.getAndIncrement()),
              0,
              1_000_000 / A_SECOND,
              TimeUnit.MICROSECONDS);
      List<String> lines = new ArrayList<>();
      for (String path : paths(base)) {
        lines.add(time(served, path));
      }
      Collection<Row> rows = served.server().model().rows(Results.NIGHT);
      lines.add(cpu("one page of results", () -> ResultPage.of(rows, row -> true, null, 100)));
      Sorting<Row> deepest = new Sorting<>(Row::snr, Row::spectrumId, true);
      lines.add(cpu("one page, sorted", () -> deepest.page(rows::forEach, null, 100)));
      lines.add(cpu("fibres", () -> FibreCounts.of(rows, row -> true)));
      lines.add(cpu("success by S/N", () -> SnrSuccess.of(rows, row -> true)));
      lines.add(cpu("timeline", () -> Timeline.of(rows, row -> true, Row::exposureEndMillis, 1)));
      int grown = served.json(base + "/results?limit=1").path("matched").asInt();
      lines.add("%d results in the end".formatted(grown));
      Files.write(Path.of("target", "api-latency.txt"), lines, StandardCharsets.UTF_8);
      assertThat(grown).as("results came in meanwhile").isGreaterThan(RESULTS);
    } finally {
      growing.shutdownNow();
    }
  }

  private static List<String> paths(String base) {
    return List.of(
        base,
        base + "/results",
        base + "/results?limit=1000",
        base + "/results?class=QSO&good=true&snr_min=5&q=S12",
        base + "/results?sort=snr&order=desc",
        base + "/results?format=csv&limit=1000",
        base + "/fibres",
        base + "/snr-success",
        base + "/timeline",
        base + "/timeline?axis=emitted&minutes=5",
        base + "/rejects",
        "/api/v1/nights",
        "/api/v1/targets?limit=1000",
        "/api/v1/targets?state=OBS&programme=dark",
        "/api/v1/targets?sort=snr&order=desc&limit=1000",
        "/api/v1/targets?sort=state&programme=no-such",
        "/api/v1/fields",
        "/api/v1/fields?sort=remaining_seconds",
        "/api/v1/survey",
        "/api/v1/results/spectrum-s3",
        "/api/v1/spectra/spectrum-s3/pixels",
        "/metrics");
  }

  private static Future<RecordMetadata> send(ServedNight served, SampleNight night, int i) {
    SpectrumResult result = night.result(i);
    result.setFibre(1 + i % 5000);
    Instant emitted = SampleNight.BEGIN.plusMillis(150L * i); // 200,000 in eight hours
    result.setEventTime(emitted.minusSeconds(1200));
    result.setIngestedAt(emitted.minusMillis(250));
    result.setEmittedAt(emitted);
    var state = i % 4 == 0 ? TargetStateName.OBS : TargetStateName.DONE;
    Future<RecordMetadata> unused = night.target(result.getTargetId(), state);
    return night.send(served.config.topics().results(), result.getTargetId(), result);
  }

  private static String time(ServedNight served, String path) throws Exception {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      long began = System.nanoTime();
      assertThat(served.get(path).statusCode()).as(path).isEqualTo(200);
      millis.add((System.nanoTime() - began) / 1e6);
    }
    millis.sort(null);
    return String.format(
        Locale.ROOT,
        "%7.1f ms median, %7.1f ms slowest  %s",
        millis.get(ASKED / 2),
        millis.get(ASKED - 1),
        path);
  }

  /** What a busy machine does not lengthen. */
  private static String cpu(String name, Supplier<?> work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < ASKED; i++) {
      long began = threads.getCurrentThreadCpuTime();
      assertThat(work.get()).isNotNull();
      millis.add((threads.getCurrentThreadCpuTime() - began) / 1e6);
    }
    millis.sort(null);
    return String.format(
        Locale.ROOT, "%7.1f ms of CPU time, median, for %s", millis.get(ASKED / 2), name);
  }
}

package org.nightglass.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;

/**
 * {@code nightglass run} as a site runs it, in a process of its own: first over a backlog, then
 * with spectra that come one by one at one steady rate after the other.
 *
 * <p>Latency is taken from the moment at which a spectrum was due to be sent, so that a stall
 * counts for all that waited behind it, to the moment at which a consumer of committed results has
 * the result. This process sends and receives, on the same cores.
 */
final class Product {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /**
   * What came of a run.
   *
   * @param p50 median latency in ms
   * @param p99 99th percentile in ms
   * @param perSecond spectra that were sent a second
   * @param peakMegabytes greatest resident memory since the start; null where unknown
   */
  record Outcome(double p50, double p99, double perSecond, @Nullable Double peakMegabytes) {}

  private final Services services;
  private final Path directory;

  Product(Services services, Path directory) {
    this.services = services;
    this.directory = directory;
  }

  /**
   * Runs the application.
   *
   * @param name of the run, no other one's
   * @param backlog spectra that wait when it starts; they warm it up
   * @param rates spectra a second afterwards, in this order; what came at one is done before the
   *     next
   * @param seconds for how long each; the first fifth is not counted
   * @return one outcome a rate
   */
  List<Outcome> run(
      String name, SampleNight night, String guarantee, int backlog, double[] rates, double seconds)
      throws InterruptedException {
    List<Outcome> outcomes = new ArrayList<>();
    Map<String, String> settings = services.settings(name, name + ".spectra", guarantee);
    NightglassConfig config = NightglassConfig.of("bench", settings);
    Path file = write(directory, name, settings);
    try (SpectraTopic topic = SpectraTopic.create(config, night)) {
      topic.fill(0, backlog);
      try (Child app =
          Child.start(directory.resolve(name + ".log"), "run", "--config", file.toString())) {
        Outputs.awaitCommitted(config, name, backlog, PATIENCE, () -> {});
        int sent = backlog;
        for (double rate : rates) {
          int count = (int) (rate * seconds);
          List<Double> latencies = pace(config, topic, sent, count, rate);
          sent += count;
          Double peak = app.peakMegabytes().orElse(null);
          Collections.sort(latencies);
          outcomes.add(
              new Outcome(quantile(latencies, 0.5), quantile(latencies, 0.99), rate, peak));
        }
      }
    }
    return outcomes;
  }

  private List<Double> pace(
      NightglassConfig config, SpectraTopic topic, int first, int count, double rate)
      throws InterruptedException {
    Map<String, Long> due = new ConcurrentHashMap<>();
    List<Double> latencies = Collections.synchronizedList(new ArrayList<>());
    AtomicBoolean over = new AtomicBoolean();
    Thread reader = new Thread(() -> read(config, due, latencies, over), "result-reader");
    reader.start();
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long at = began + (long) (i / rate * 1e9);
      while (System.nanoTime() < at) {
        LockSupport.parkNanos(at - System.nanoTime());
      }
      if (i >= count / 5) {
        due.put(SampleNight.target(first + i), at);
      }
      topic.send(first + i);
    }
    Outputs.awaitCommitted(
        config, config.string("application.id"), first + count, PATIENCE, () -> {});
    long wait = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!due.isEmpty() && System.nanoTime() < wait) {
      LockSupport.parkNanos(10_000_000);
    }
    over.set(true);
    reader.join();
    if (!due.isEmpty()) {
      throw new IllegalStateException("%d spectra have no result".formatted(due.size()));
    }
    return latencies;
  }

  private static void read(
      NightglassConfig config, Map<String, Long> due, List<Double> latencies, AtomicBoolean over) {
    try (KafkaConsumer<byte[], byte[]> consumer = Outputs.committedResults(config)) {
      while (!over.get()) {
        for (ConsumerRecord<byte[], byte[]> result : consumer.poll(Duration.ofMillis(100))) {
          Long at = due.remove(new String(result.key(), StandardCharsets.UTF_8));
          if (at != null) {
            latencies.add((System.nanoTime() - at) / 1e6);
          }
        }
      }
    }
  }

  /** Writes settings to a file that {@code nightglass run --config} reads. */
  static Path write(Path directory, String name, Map<String, String> settings) {
    Path file = directory.resolve(name + ".properties");
    Properties properties = new Properties();
    properties.putAll(settings);
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static double quantile(List<Double> sorted, double quantile) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size())));
  }
}

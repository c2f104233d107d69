package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.Reject;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.OutputReader;
import org.nightglass.produce.Pacer;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * How long the scheduler waits for a field's progress: from the last spectrum of an exposure
 * entering Kafka to the record that counts it. Measures and prints; it fails on absurd values only,
 * since the machine of a build has other things to do. {@code -Dnightglass.latency.fields=200
 * -Dnightglass.latency.rate=100 -Dnightglass.latency.warm.up=40} measures for good.
 */
class FeedbackLatencyIT {
  private static final String NAME = "latency";
  private static final int FIELDS = Integer.getInteger("nightglass.latency.fields", 10);
  private static final int FIBRES = Integer.getInteger("nightglass.latency.fibres", 50);
  private static final int PER_SECOND = Integer.getInteger("nightglass.latency.rate", 50);

  /** Exposures at the start that are not counted: an application that has just begun is slow. */
  private static final int WARM_UP = Integer.getInteger("nightglass.latency.warm.up", 0);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long ABSURD_MS = 120_000;

  @TempDir Path folder;

  /** What is known of the one exposure of a field; times in milliseconds of the wall clock. */
  private static final class Exposure {
    int targets;
    int results;
    long lastIngested;
    long lastEmitted;
    long counted;
    long seen;

    synchronized void result(long ingested, long emitted) {
      results++;
      lastIngested = Math.max(lastIngested, ingested);
      lastEmitted = Math.max(lastEmitted, emitted);
    }

    synchronized boolean complete() {
      return results == targets && counted > 0;
    }
  }

  private final Map<String, Exposure> exposures = new ConcurrentHashMap<>();

  private Exposure exposure(String field) {
    return exposures.computeIfAbsent(field, id -> new Exposure());
  }

  private final class Results implements OutputReader.Sink {
    @Override
    public void result(SpectrumResult result) {
      if (result.getKind() == ObjectKind.TARGET) {
        exposure(result.getFieldId())
            .result(result.getIngestedAt().toEpochMilli(), result.getEmittedAt().toEpochMilli());
      }
    }

    @Override
    public void reject(Reject reject) {
      if ("TARGET".equals(reject.getKind()) && reject.getFieldId() != null) {
        exposure(reject.getFieldId())
            .result(reject.getIngestedAt().toEpochMilli(), reject.getRejectedAt().toEpochMilli());
      }
    }
  }

  /** The spectra of the fields, one field after the other; says how many targets each has. */
  private List<ObservedSpectrum> simulate() {
    NightSimulator simulator = new NightSimulator(4, "20251221", FIBRES);
    List<ObservedSpectrum> spectra = new ArrayList<>();
    for (int i = 0; i < FIELDS * FIBRES; i++) {
      ObservedSpectrum spectrum = simulator.spectrum(i).spectrum();
      spectra.add(spectrum);
      if (spectrum.observation().kind() == org.nightglass.spectrum.ObjectKind.TARGET) {
        exposure(spectrum.observation().fieldId()).targets++;
      }
    }
    return spectra;
  }

  private static void send(List<ObservedSpectrum> spectra, SpectrumSender sender) {
    Pacer pacer = Pacer.perSecond(PER_SECOND);
    for (ObservedSpectrum spectrum : spectra) {
      LockSupport.parkNanos(pacer.waitBefore(System.nanoTime()).toNanos());
      sender.send(spectrum);
    }
  }

  @Test
  void shouldTellAFieldsProgressSoonAfterItsLastSpectrum() throws Exception {
    Map<String, String> settings = new TreeMap<>();
    settings.put(Settings.HTTP_ENABLED, "false");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver");
    settings.put(Settings.NIGHT_CLOSE_GRACE, "864000");
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, null)) {
      NightglassConfig config = Shipped.config(parts, NAME, folder.resolve("unused"), settings);
      List<String> options = new ArrayList<>(List.of("--application-id", NAME));
      settings.putAll(
          Map.of(
              Settings.TOPIC_SPECTRA, config.topics().spectra(),
              Settings.TOPIC_RESULTS, config.topics().results(),
              Settings.TOPIC_REJECTS, config.topics().rejects()));
      settings.forEach((key, value) -> options.addAll(List.of("-D", key + "=" + value)));
      List<ObservedSpectrum> spectra = simulate();
      try (ApplicationProcess application =
          ApplicationProcess.start(
              parts.bootstrapServers(),
              parts.registryUrl(),
              folder.resolve("state"),
              NAME,
              options)) {
        await().atMost(PATIENCE).until(application::ready);
        measure(config, spectra);
      }
    }
  }

  private void measure(NightglassConfig config, List<ObservedSpectrum> spectra)
      throws InterruptedException {
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    try (OutputReader reader = new OutputReader(config, new Results());
        NightProducts products =
            new NightProducts(
                config,
                (progress, at) -> {
                  Exposure exposure = exposure(progress.getFieldId());
                  if (exposure.counted == 0
                      && progress.getLastExposureSpectra() == exposure.targets) {
                    exposure.counted = at;
                    exposure.seen = System.currentTimeMillis();
                  }
                });
        SpectrumSender sender =
            SpectrumSender.open(config.kafka(), serializer, config.topics().spectra())) {
      Thread telescope = new Thread(() -> send(spectra, sender), "telescope");
      telescope.start();
      await()
          .atMost(PATIENCE.plusSeconds(spectra.size() / PER_SECOND))
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                products.poll();
                return exposures.values().stream().allMatch(Exposure::complete);
              });
      telescope.join();
      assertThat(products.faults).isEmpty();
    }
    report();
  }

  private void report() {
    List<Long> told = new ArrayList<>();
    List<Long> seen = new ArrayList<>();
    List<Long> model = new ArrayList<>();
    List<Long> beyond = new ArrayList<>();
    List<Exposure> inOrder =
        exposures.values().stream()
            .sorted(Comparator.comparingLong(exposure -> exposure.lastIngested))
            .toList();
    for (Exposure exposure : inOrder.subList(WARM_UP, inOrder.size())) {
      told.add(exposure.counted - exposure.lastIngested);
      seen.add(exposure.seen - exposure.lastIngested);
      model.add(exposure.lastEmitted - exposure.lastIngested);
      beyond.add(exposure.seen - exposure.lastEmitted);
    }
    System.out.printf(
        "%d exposures of %d fibres at %d spectra/s, the first %d not counted, load average %.1f;"
            + " in ms, p50 / p99 / longest:%n",
        FIELDS,
        FIBRES,
        PER_SECOND,
        WARM_UP,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    line("last spectrum in Kafka to field-progress in Kafka", told);
    line("last spectrum in Kafka to field-progress in a consumer's hands", seen);
    line("of these, last spectrum in Kafka to last result (queue, batch, model)", model);
    line("and from the last result to the consumer", beyond);
    long began = inOrder.get(0).lastIngested;
    inOrder.stream()
        .sorted(Comparator.comparingLong((Exposure e) -> e.seen - e.lastEmitted).reversed())
        .limit(5)
        .forEach(
            slow ->
                System.out.printf(
                    "  slow: %,d ms from the last result, %,d s after the first exposure%n",
                    slow.seen - slow.lastEmitted, (slow.lastIngested - began) / 1000));
    assertThat(seen).allMatch(ms -> ms > 0 && ms < ABSURD_MS);
  }

  private static void line(String what, List<Long> times) {
    Collections.sort(times);
    System.out.printf(
        "  %-70s %,7d %,7d %,7d%n",
        what, rank(times, 0.5), rank(times, 0.99), times.get(times.size() - 1));
  }

  private static long rank(List<Long> sorted, double quantile) {
    return sorted.get((int) Math.max(0, Math.ceil(quantile * sorted.size()) - 1));
  }
}

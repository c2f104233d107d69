package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.account.BatchAccount;
import org.nightglass.account.BatchFigures;
import org.nightglass.account.Differences;
import org.nightglass.account.Histories;
import org.nightglass.account.Histories.History;
import org.nightglass.account.Step;
import org.nightglass.account.Told;
import org.nightglass.app.Cluster;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;

/**
 * The account of random histories, kept by two instances of the real application of which one is
 * killed, one loses its disk, and both are stopped at last: whenever things come to rest, every
 * figure is that of a batch computation, and each change was told once.
 */
class NightAccountIT {
  private static final String NAME = "account";
  private static final int HISTORIES = 8;
  private static final long RECORD_EVERY_NANOS = 3_000_000;
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private static EmbeddedParts parts;

  @TempDir Path folder;

  private final Map<String, String> settings = new HashMap<>();
  private final List<ApplicationProcess> processes = new ArrayList<>();
  private final List<Step> sent = new ArrayList<>();

  @BeforeAll
  static void startParts() {
    parts = EmbeddedParts.start(0, 0, null);
  }

  @AfterAll
  static void stopParts() {
    parts.close();
  }

  @AfterEach
  void stop() {
    processes.forEach(ApplicationProcess::close);
  }

  private NightglassConfig configure() {
    settings.putAll(Histories.POLICIES);
    settings.put(Settings.APPLICATION_ID, NAME);
    settings.put(Settings.HTTP_ENABLED, "false");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver");
    settings.put(Settings.NIGHT_UPDATE_INTERVAL, "200");
    settings.put(Settings.NIGHT_CLOSE_GRACE, "864000"); // the observer closes these nights
    settings.put(Settings.TRANSACTION_TIMEOUT, "10000");
    settings.put("kafka.session.timeout.ms", "6000");
    for (String topic :
        List.of(
            Settings.TOPIC_SPECTRA,
            Settings.TOPIC_RESULTS,
            Settings.TOPIC_REJECTS,
            Settings.TOPIC_PLAN,
            Settings.TOPIC_NIGHT_EVENTS,
            Settings.TOPIC_OVERRIDES,
            Settings.TOPIC_TARGET_STATE,
            Settings.TOPIC_FIELD_PROGRESS,
            Settings.TOPIC_NIGHT_YIELD,
            Settings.TOPIC_SURVEY_YIELD,
            Settings.TOPIC_NIGHTS)) {
      settings.put(topic, NAME + "." + topic);
    }
    Map<String, String> all = new HashMap<>(settings);
    all.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    all.put(Settings.REGISTRY_URL, parts.registryUrl());
    return NightglassConfig.of("test", all);
  }

  private ApplicationProcess start(String instance) throws IOException {
    List<String> options = new ArrayList<>();
    settings.forEach((key, value) -> options.addAll(List.of("-D", key + "=" + value)));
    ApplicationProcess process =
        ApplicationProcess.start(
            parts.bootstrapServers(),
            parts.registryUrl(),
            folder.resolve(instance),
            instance + "-" + processes.size(),
            options);
    processes.add(process);
    return process;
  }

  private static void awaitReady(ApplicationProcess process) {
    await()
        .atMost(PATIENCE)
        .until(
            () -> {
              assertThat(process.alive())
                  .as("application lives; it wrote:\n%s", process.log())
                  .isTrue();
              return process.ready();
            });
  }

  private void trickle(StepSender sender, List<Step> steps) {
    for (Step step : steps) {
      sender.send(step);
      sent.add(step);
      LockSupport.parkNanos(RECORD_EVERY_NANOS);
    }
    sender.flush();
  }

  private void awaitFigures(NightProducts products, String when) {
    BatchAccount account = BatchAccount.of(sent);
    BatchFigures expected = BatchFigures.of(account);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              products.poll();
              assertThat(differences(expected, account, products)).as(when).isEmpty();
            });
    assertThat(products.faults).as(when).isEmpty();
    assertThat(products.rejects).as(when).hasSize(account.refusedPlans());
  }

  private static List<String> differences(
      BatchFigures expected, BatchAccount account, NightProducts products) {
    List<String> all = new ArrayList<>();
    all.addAll(Differences.between(expected.nightsAsTold(account), counts(products.yields)));
    all.addAll(Differences.between(expected.survey(), counts(products.survey)));
    Map<String, SortedMap<String, Long>> fields = new TreeMap<>();
    products.fields.forEach((field, progress) -> fields.put(field, Told.of(progress)));
    all.addAll(Differences.between(expected.fieldsAsTold(fields), fields));
    Map<String, SortedMap<String, String>> targets = new TreeMap<>();
    products.targets.forEach((target, state) -> targets.put(target, Told.of(state)));
    all.addAll(Differences.between(expected.targets(), targets));
    return all;
  }

  private static Map<String, SortedMap<String, Long>> counts(Map<String, NightYield> yields) {
    Map<String, SortedMap<String, Long>> counts = new TreeMap<>();
    yields.forEach((key, yield) -> counts.put(key, Told.of(yield)));
    return counts;
  }

  /** What all histories hold for a phase, one record of each in turn. */
  private static List<Step> phase(List<History> histories, int phase) {
    List<Step> steps = new ArrayList<>();
    boolean more = true;
    for (int i = 0; more; i++) {
      more = false;
      for (History history : histories) {
        List<Step> own = history.phases().get(phase);
        if (i < own.size()) {
          steps.add(own.get(i));
          more = true;
        }
      }
    }
    return steps;
  }

  private static void delete(Path state) throws IOException {
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void shouldComeToTheSameFiguresThoughInstancesAreKilledAndLoseTheirDisks() throws Exception {
    List<History> histories =
        LongStream.range(500, 500 + HISTORIES).mapToObj(Histories::of).toList();
    NightglassConfig config = configure();
    assertThat(Cluster.prepareTopics(config)).isEmpty();
    try (NightProducts products = new NightProducts(config, (progress, at) -> {});
        StepSender sender = new StepSender(config)) {
      ApplicationProcess first = start("first");
      ApplicationProcess second = start("second");
      awaitReady(first);
      awaitReady(second);

      List<Step> open = phase(histories, 0);
      trickle(sender, open.subList(0, open.size() / 2));
      first.kill();
      trickle(sender, open.subList(open.size() / 2, open.size()));
      awaitReady(start("first")); // with the disk that it had
      awaitFigures(products, "after a kill");
      trickle(sender, phase(histories, 1));
      awaitFigures(products, "nights closed");
      BatchAccount closed = BatchAccount.of(sent);
      assertThat(products.nights.values())
          .filteredOn(night -> closed.closed(night.getNight()))
          .isNotEmpty()
          .allMatch(night -> night.getState() == NightState.CLOSED);

      List<Step> late = phase(histories, 2);
      trickle(sender, late.subList(0, late.size() / 2));
      second.kill();
      delete(folder.resolve("second"));
      trickle(sender, late.subList(late.size() / 2, late.size()));
      ApplicationProcess another = start("second"); // with an empty disk
      awaitReady(another);
      awaitFigures(products, "after a kill and the loss of a disk");
      trickle(sender, phase(histories, 3));
      awaitFigures(products, "nights reopened");

      for (ApplicationProcess process : processes) {
        if (process.alive()) {
          process.stop();
        }
      }
      delete(folder.resolve("first"));
      delete(folder.resolve("second"));
      trickle(sender, phase(histories, 4)); // comes in while nobody is there
      awaitReady(start("third"));
      awaitFigures(products, "after a stop and the loss of every disk");
      trickle(sender, phase(histories, 5));
      trickle(sender, phase(histories, 6));
      awaitFigures(products, "at the end");
      System.out.printf(
          "%d records of %d histories; told and each told once: %s%n",
          sent.size(), HISTORIES, products.told);
    }
  }
}

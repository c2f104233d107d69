package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.account.Differences;
import org.nightglass.account.Step;
import org.nightglass.account.Told;
import org.nightglass.app.Cluster;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;

/**
 * Nights of 40 fields in accelerated time, through the real application: the figures are the truth,
 * exactly. In the build with 100 fibres a field; {@code -Dnightglass.night.fibres=5000} makes it
 * DESI's, {@code -Dnightglass.night.nights=50} a survey. Prints how fast it was, what the state
 * takes, and how long it takes to restore it.
 */
class DesiNightIT {
  private static final String NAME = "desi";
  private static final int FIBRES = Integer.getInteger("nightglass.night.fibres", 100);
  private static final int NIGHTS = Integer.getInteger("nightglass.night.nights", 1);
  private static final Duration PATIENCE = Duration.ofMinutes(30);
  private static final double MIB = 1024.0 * 1024;

  @TempDir Path folder;

  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, SortedMap<String, Long>> truth = new TreeMap<>();

  private NightglassConfig configure(EmbeddedParts parts) {
    settings.put(Settings.APPLICATION_ID, NAME);
    settings.put(Settings.HTTP_ENABLED, "false");
    settings.put(Settings.OBSERVATORY_ZONE, "America/Phoenix");
    settings.put(Settings.NIGHT_CLOSE_GRACE, "864000");
    settings.put("programme.default.goal.snr", "2");
    Map<String, String> all = new HashMap<>(settings);
    all.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    all.put(Settings.REGISTRY_URL, parts.registryUrl());
    return NightglassConfig.of("test", all);
  }

  /** Starts the application and waits until it works. */
  private ApplicationProcess start(EmbeddedParts parts, String log) throws IOException {
    List<String> options = new ArrayList<>();
    settings.forEach((key, value) -> options.addAll(List.of("-D", key + "=" + value)));
    ApplicationProcess process =
        ApplicationProcess.start(
            parts.bootstrapServers(), parts.registryUrl(), state(), log, options);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .until(
            () -> {
              assertThat(process.alive()).as(process.log()).isTrue();
              return process.ready();
            });
    return process;
  }

  private Path state() {
    return folder.resolve("state");
  }

  private void awaitTruth(NightProducts products) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(
            () -> {
              products.poll();
              assertThat(Differences.between(truth, told(products.yields))).isEmpty();
            });
    assertThat(products.faults).isEmpty();
  }

  /** Of what is told, what the truth knows. */
  private Map<String, SortedMap<String, Long>> told(Map<String, NightYield> yields) {
    Map<String, SortedMap<String, Long>> told = new TreeMap<>();
    truth.forEach(
        (key, counts) -> {
          NightYield yield = yields.get(key);
          if (yield != null) {
            SortedMap<String, Long> all = Told.of(yield);
            all.keySet().retainAll(counts.keySet());
            told.put(key, all);
          }
        });
    return told;
  }

  private void checkSurveyAndFields(NightProducts products) {
    Map<String, SortedMap<String, Long>> survey = new TreeMap<>();
    truth.forEach(
        (key, counts) -> {
          String[] parts = key.split("/", -1);
          if (!parts[1].isEmpty() && parts[2].isEmpty()) {
            SortedMap<String, Long> sum =
                survey.computeIfAbsent(parts[1] + "/" + parts[3], unused -> new TreeMap<>());
            counts.forEach((name, count) -> sum.merge(name, count, Long::sum));
          } else if (!parts[2].isEmpty()) {
            FieldProgress progress = products.fields.get(parts[2]);
            assertThat(progress.getObserved()).as(key).isEqualTo(counts.get("observed"));
            assertThat(progress.getValid()).as(key).isEqualTo(counts.get("valid"));
            assertThat(progress.getGoodZ()).as(key).isEqualTo(counts.get("good_z"));
          }
        });
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              products.poll();
              Map<String, SortedMap<String, Long>> told = new TreeMap<>();
              survey.forEach(
                  (key, counts) -> {
                    SortedMap<String, Long> all = Told.of(products.survey.get(key));
                    all.keySet().retainAll(counts.keySet());
                    told.put(key, all);
                  });
              assertThat(Differences.between(survey, told)).isEmpty();
            });
  }

  /** Sends all and waits for the truth; how long it took in seconds. */
  private double run(StepSender sender, NightProducts products, Consumer<Consumer<Step>> steps) {
    long began = System.nanoTime();
    steps.accept(sender::send);
    sender.flush();
    awaitTruth(products);
    return (System.nanoTime() - began) / 1e9;
  }

  private static double size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      long bytes = 0;
      for (Path file : files.toList()) {
        try {
          bytes += Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException e) {
          // RocksDB merges its files as it goes
        }
      }
      return bytes / MIB;
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** Sizes of the topics whose name holds a part, in MiB by topic. */
  private static Map<String, Double> topics(NightglassConfig config, String part) throws Exception {
    try (Admin admin = Admin.create(new HashMap<>(config.kafka()))) {
      List<Integer> brokers =
          admin.describeCluster().nodes().get().stream().map(node -> node.id()).toList();
      Map<String, Double> sizes = new TreeMap<>();
      for (Map<String, LogDirDescription> ofBroker :
          admin.describeLogDirs(brokers).allDescriptions().get().values()) {
        ofBroker
            .values()
            .forEach(
                dir ->
                    dir.replicaInfos()
                        .forEach(
                            (partition, info) -> {
                              if (partition.topic().contains(part)) {
                                sizes.merge(partition.topic(), info.size() / MIB, Double::sum);
                              }
                            }));
      }
      return sizes;
    }
  }

  private static String sum(Map<String, Double> sizes) {
    return "%.1f MiB".formatted(sizes.values().stream().mapToDouble(Double::doubleValue).sum());
  }

  @Test
  void shouldCountEveryFibreOfTheNight() throws Exception {
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, folder.resolve("parts"))) {
      NightglassConfig config = configure(parts);
      assertThat(Cluster.prepareTopics(config)).isEmpty();
      try (NightProducts products = new NightProducts(config, (progress, at) -> {});
          StepSender sender = new StepSender(config)) {
        ApplicationProcess application = start(parts, "first");
        for (int index = 0; index < NIGHTS; index++) {
          DesiNight night = new DesiNight(index, FIBRES);
          double planned =
              run(
                  sender,
                  products,
                  each -> {
                    night.plan(each);
                    truth.putAll(night.truth);
                  });
          double observed =
              run(
                  sender,
                  products,
                  each -> {
                    night.observe(each);
                    truth.putAll(night.truth);
                  });
          report(config, index, night.observed, planned, observed);
          close(sender, products, night);
        }
        checkSurveyAndFields(products);
        System.out.println("told: " + products.told);
        application.stop();
        restore(parts);
      }
    }
  }

  /** The observer closes the night: every target and field of it is told so. */
  private void close(StepSender sender, NightProducts products, DesiNight night) {
    long began = System.nanoTime();
    sender.send(night.closed());
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () -> {
              products.poll();
              return products.fields.values().stream()
                      .allMatch(field -> field.getNightState() == NightState.CLOSED)
                  && products.targets.values().stream()
                      .allMatch(target -> target.getNightState() == NightState.CLOSED);
            });
    assertThat(products.faults).isEmpty();
    System.out.printf(
        "  closed, and all of its targets told so, in %.1f s%n", (System.nanoTime() - began) / 1e9);
  }

  private void report(
      NightglassConfig config, int index, long records, double planned, double observed)
      throws Exception {
    int targets = FIBRES * DesiNight.FIELDS;
    System.out.printf(
        "night %d: %,d plan records in %.1f s (%,.0f/s), %,d results and rejects in %.1f s"
            + " (%,.0f/s); state %.1f MiB, changelogs %s, repartitions %s%n",
        index + 1,
        targets,
        planned,
        targets / planned,
        records,
        observed,
        records / observed,
        size(state()),
        sum(topics(config, "-changelog")),
        sum(topics(config, "-repartition")));
    if (index + 1 == NIGHTS) {
      topics(config, "-changelog")
          .forEach((topic, mib) -> System.out.printf("  %-70s %8.2f MiB%n", topic, mib));
      topics(config, "nightglass.")
          .forEach((topic, mib) -> System.out.printf("  %-70s %8.2f MiB%n", topic, mib));
    }
  }

  private void restore(EmbeddedParts parts) throws Exception {
    long began = System.nanoTime();
    start(parts, "again").stop();
    double withState = (System.nanoTime() - began) / 1e9;
    double kept = size(state());
    delete(state());
    began = System.nanoTime();
    start(parts, "restored").stop();
    double without = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        "start and stop with its state %.1f s (state after a clean stop %.1f MiB), without %.1f s:"
            + " restored in %.1f s to %.1f MiB%n",
        withState, kept, without, without - withState, size(state()));
  }
}

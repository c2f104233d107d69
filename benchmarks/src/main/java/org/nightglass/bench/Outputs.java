package org.nightglass.bench;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.nightglass.app.NightglassApp;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroDeserializer;

/** What an application has committed, and what came out of it. */
final class Outputs {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Each question takes half a millisecond of what is measured. */
  private static final Duration ASK = Duration.ofMillis(500);

  private Outputs() {}

  /** Waits until an application has committed so many spectra. Asks the broker twice a second. */
  static void awaitCommitted(
      NightglassConfig config, String application, long spectra, Duration atMost, Runnable check)
      throws InterruptedException {
    long began = System.nanoTime();
    long committed = 0;
    try (Admin admin = Admin.create(config.kafka())) {
      while (committed < spectra) {
        if (System.nanoTime() - began > atMost.toNanos()) {
          throw new IllegalStateException(
              "%s has committed %d of %d spectra after %s"
                  .formatted(application, committed, spectra, atMost));
        }
        check.run();
        TimeUnit.MILLISECONDS.sleep(ASK.toMillis());
        committed =
            admin
                .listConsumerGroupOffsets(application)
                .partitionsToOffsetAndMetadata()
                .get()
                .values()
                .stream()
                .mapToLong(offset -> offset == null ? 0 : offset.offset())
                .sum();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell offsets: " + e.getCause(), e);
    }
  }

  static void awaitReady(NightglassApp app) throws InterruptedException {
    try {
      app.ready().get(60, TimeUnit.SECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException("the application does not get ready: " + e, e);
    }
  }

  /** A consumer that sees what every consumer of results should: committed records only. */
  static KafkaConsumer<byte[], byte[]> committedResults(NightglassConfig config) {
    return committed(config, config.topics().results());
  }

  private static KafkaConsumer<byte[], byte[]> committed(NightglassConfig config, String topic) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 10);
    KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        consumer.partitionsFor(topic).stream()
            .map(p -> new TopicPartition(p.topic(), p.partition()))
            .toList());
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  /**
   * When the broker took each result in, ms since 1970, in order, for each partition.
   *
   * @throws IllegalStateException unless there is exactly one for each spectrum
   */
  static List<long[]> times(NightglassConfig config, int spectra) {
    Times times = new Times();
    Set<String> seen = new HashSet<>();
    forEach(
        config,
        result -> {
          if (seen.size() == spectra || !seen.add(key(result))) {
            throw new IllegalStateException("a result too many: " + result.topic());
          }
          times.add(result);
        });
    if (seen.size() != spectra) {
      throw new IllegalStateException("%d results of %d spectra".formatted(seen.size(), spectra));
    }
    return times.sorted();
  }

  /** When records came, by partition. */
  private static final class Times {
    private final Map<Integer, List<Long>> ofPartition = new HashMap<>();

    void add(ConsumerRecord<byte[], byte[]> told) {
      ofPartition.computeIfAbsent(told.partition(), p -> new ArrayList<>()).add(told.timestamp());
    }

    List<long[]> sorted() {
      return ofPartition.values().stream()
          .map(times -> times.stream().mapToLong(Long::longValue).sorted().toArray())
          .toList();
    }
  }

  /**
   * Waits until the account of the night has told of so many targets.
   *
   * @return when the broker took what was first told of each, ms since 1970, in order, for each
   *     partition
   */
  static List<long[]> awaitTargets(
      NightglassConfig config, int targets, Duration atMost, Runnable check) {
    long began = System.nanoTime();
    Set<String> seen = new HashSet<>();
    Times first = new Times();
    try (KafkaConsumer<byte[], byte[]> consumer =
        committed(config, config.topics().targetState())) {
      while (seen.size() < targets) {
        if (System.nanoTime() - began > atMost.toNanos()) {
          throw new IllegalStateException(
              "the account has told of %d of %d targets after %s"
                  .formatted(seen.size(), targets, atMost));
        }
        check.run();
        for (ConsumerRecord<byte[], byte[]> told : consumer.poll(POLL)) {
          if (seen.add(key(told))) {
            first.add(told);
          }
        }
      }
    }
    return first.sorted();
  }

  /** What was said of each target, by its id. */
  static Map<String, SpectrumResult> results(NightglassConfig config) {
    Map<String, SpectrumResult> results = new HashMap<>();
    try (AvroDeserializer<SpectrumResult> deserializer =
        new AvroDeserializer<>(SpectrumResult.class)) {
      deserializer.configure(config.serdes(), false);
      forEach(
          config,
          result ->
              results.put(key(result), deserializer.deserialize(result.topic(), result.value())));
    }
    return results;
  }

  private static String key(ConsumerRecord<byte[], byte[]> result) {
    return new String(result.key(), StandardCharsets.UTF_8);
  }

  private static void forEach(
      NightglassConfig config, Consumer<ConsumerRecord<byte[], byte[]>> sink) {
    try (KafkaConsumer<byte[], byte[]> consumer = committedResults(config)) {
      Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
      while (!ends.entrySet().stream()
          .allMatch(e -> consumer.position(e.getKey()) >= e.getValue())) {
        consumer.poll(POLL).forEach(sink);
      }
    }
  }

  /**
   * Deletes every topic of an application: the next one needs the space, and should not pay for
   * what the broker does for those that nobody uses.
   *
   * @param application whose name its outputs' and internal topics' names begin with
   */
  static void delete(NightglassConfig config, String application) throws InterruptedException {
    try (Admin admin = Admin.create(config.kafka())) {
      List<String> own =
          admin.listTopics().names().get().stream()
              .filter(
                  name -> name.startsWith(application + ".") || name.startsWith(application + "-"))
              .toList();
      admin.deleteTopics(own).all().get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("topics cannot be deleted: " + e.getCause(), e);
    }
  }

  /** Bytes on the broker's disk of all topics whose names begin so. */
  static long bytes(NightglassConfig config, String prefix) throws InterruptedException {
    try (Admin admin = Admin.create(config.kafka())) {
      List<Integer> brokers = admin.describeCluster().nodes().get().stream().map(Node::id).toList();
      return admin.describeLogDirs(brokers).allDescriptions().get().values().stream()
          .flatMap(directories -> directories.values().stream())
          .flatMap(directory -> directory.replicaInfos().entrySet().stream())
          .filter(replica -> replica.getKey().topic().startsWith(prefix))
          .mapToLong(replica -> replica.getValue().size())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the broker does not tell sizes: " + e.getCause(), e);
    }
  }
}

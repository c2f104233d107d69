package org.nightglass.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.batch.BatchProcessor.Routed;
import org.nightglass.embedded.EmbeddedBroker;

/**
 * The batcher in Kafka Streams, on a real broker, with lingers far longer than the test: only
 * commits drain it.
 */
class BatchProcessorIT {
  private static final Duration NEVER = Duration.ofHours(1);

  /** Kafka Streams' own commits are as far away as they may be. */
  private static final Map<String, ?> NO_COMMITS_OF_STREAMS =
      Map.of(
          StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
          50_000,
          StreamsConfig.producerPrefix("transaction.timeout.ms"),
          120_000);

  private static final AtomicInteger COUNTER = new AtomicInteger();

  private static EmbeddedBroker broker;

  @TempDir Path state;
  private String application;
  private String input;
  private String output;
  private final List<Integer> batchSizes = Collections.synchronizedList(new ArrayList<>());

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @BeforeEach
  void createTopics() throws ExecutionException, InterruptedException {
    int number = COUNTER.incrementAndGet();
    application = "batch-" + number;
    input = "in-" + number;
    output = "out-" + number;
    try (Admin admin = admin()) {
      admin
          .createTopics(
              List.of(new NewTopic(input, 2, (short) 1), new NewTopic(output, 1, (short) 1)))
          .all()
          .get();
    }
  }

  /** How long a batch seems to take by the processor's clock. */
  private Duration batchTakes = Duration.ZERO;

  private final AtomicLong pretended = new AtomicLong();

  private static Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private Topology topology(int maxSize, Duration linger) {
    return topology(maxSize, linger, NEVER);
  }

  private Topology topology(int maxSize, Duration linger, Duration commitAfter) {
    BatchProcessor.Settings settings =
        new BatchProcessor.Settings("batch", maxSize, 1 << 20, linger, commitAfter);
    Topology topology = new Topology();
    topology
        .addSource("in", input)
        .addProcessor(
            "batcher",
            BatchProcessor.<String, String, String>supplier(
                settings,
                this::route,
                String::length,
                () -> System.nanoTime() + pretended.get(),
                BatchWatcher.NONE),
            "in")
        .addStateStore(DrainOnCommitStore.builder("batch"), "batcher")
        .addSink("out", output, "batcher");
    return topology;
  }

  private List<Routed<String>> route(List<String> batch) {
    batchSizes.add(batch.size());
    pretended.addAndGet(batchTakes.toNanos());
    return batch.stream()
        .map(
            value -> {
              if (value.equals("stop")) {
                throw new IllegalStateException("told to stop");
              }
              return new Routed<>("out", value);
            })
        .toList();
  }

  private KafkaStreams start(Topology topology, String guarantee, Map<String, ?> more) {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 300);
    settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
    settings.put(
        StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.Serdes$StringSerde");
    settings.put(
        StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG,
        "org.apache.kafka.common.serialization.Serdes$StringSerde");
    settings.put("auto.offset.reset", "earliest");
    settings.put("session.timeout.ms", 6000);
    settings.putAll(more);
    KafkaStreams streams = new KafkaStreams(topology, settings);
    streams.setUncaughtExceptionHandler(e -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT);
    streams.start();
    return streams;
  }

  private void send(List<String> values) {
    try (KafkaProducer<String, String> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new StringSerializer(),
            new StringSerializer())) {
      values.forEach(value -> producer.send(new ProducerRecord<>(input, value, value)));
      producer.flush();
    }
  }

  /** What a reader of committed records sees, from the beginning. */
  private final class Reader implements AutoCloseable {
    private final KafkaConsumer<String, String> consumer;
    private final List<String> seen = new ArrayList<>();

    Reader() {
      Map<String, Object> settings = new HashMap<>();
      settings.put("bootstrap.servers", broker.bootstrapServers());
      settings.put("isolation.level", "read_committed");
      consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
      TopicPartition partition = new TopicPartition(output, 0);
      consumer.assign(Set.of(partition));
      consumer.seekToBeginning(Set.of(partition));
    }

    List<String> seen() {
      consumer.poll(Duration.ofMillis(100)).forEach(record -> seen.add(record.value()));
      return seen;
    }

    @Override
    public void close() {
      consumer.close();
    }
  }

  private long committed() throws ExecutionException, InterruptedException {
    try (Admin admin = admin()) {
      return admin
          .listConsumerGroupOffsets(application)
          .partitionsToOffsetAndMetadata()
          .get()
          .values()
          .stream()
          .mapToLong(OffsetAndMetadata::offset)
          .sum();
    }
  }

  private static List<String> numbers(int from, int to) {
    return IntStream.range(from, to).mapToObj(Integer::toString).toList();
  }

  @Test
  void shouldDrainBeforeOffsetsAreCommitted() throws Exception {
    for (String guarantee : List.of("exactly_once_v2", "at_least_once")) {
      createTopics();
      KafkaStreams streams = start(topology(1000, NEVER), guarantee, Map.of());
      try (Reader reader = new Reader()) {
        send(numbers(0, 20));
        await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(reader.seen()).hasSize(20));
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertThat(committed()).as(guarantee).isGreaterThanOrEqualTo(20));
        assertThat(new TreeSet<>(reader.seen())).isEqualTo(new TreeSet<>(numbers(0, 20)));
      } finally {
        streams.close(Duration.ofSeconds(30));
      }
    }
  }

  @Test
  void shouldMakeBatchesOfSeveralAndKeepTheOrderOfAPartition() {
    KafkaStreams streams = start(topology(8, NEVER), "exactly_once_v2", Map.of());
    try (Reader reader = new Reader()) {
      List<String> values = numbers(0, 200);
      send(values);
      await().atMost(Duration.ofSeconds(60)).until(() -> reader.seen().size() == 200);
      assertThat(batchSizes).as("batch sizes").contains(8).allMatch(size -> size <= 8);
      assertThat(new TreeSet<>(reader.seen())).hasSize(200);
    } finally {
      streams.close(Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldFillOneBatchFromAllTasksOfAThread() {
    KafkaStreams streams = start(topology(40, NEVER), "exactly_once_v2", NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      send(numbers(0, 40)); // over both partitions, so neither task has 40
      await().atMost(Duration.ofSeconds(60)).until(() -> batchSizes.contains(40));
      assertThat(batchSizes).containsExactly(40);
      streams.close(Duration.ofSeconds(30));
      await().atMost(Duration.ofSeconds(30)).until(() -> reader.seen().size() == 40);
      assertThat(new TreeSet<>(reader.seen())).isEqualTo(new TreeSet<>(numbers(0, 40)));
    } finally {
      streams.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldAskForACommitWhenABatchEnds() {
    KafkaStreams streams =
        start(topology(10, NEVER, Duration.ZERO), "exactly_once_v2", NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      // Ten at a time: what comes between the request and the commit would be cut by it.
      for (int sent = 0; sent < 40; sent += 10) {
        int expected = sent + 10;
        send(numbers(sent, expected));
        await().atMost(Duration.ofSeconds(40)).until(() -> reader.seen().size() == expected);
      }
      assertThat(batchSizes).as("cut by no commit").containsExactly(10, 10, 10, 10);
    } finally {
      streams.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldEndABatchWithTheCommitInsteadOfAnotherOfWhatComesBeforeIt() {
    send(numbers(0, 2000));
    KafkaStreams streams =
        start(
            topology(100, Duration.ofSeconds(2), Duration.ZERO),
            "exactly_once_v2",
            NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> reader.seen().size() == 2000);
      assertThat(new TreeSet<>(reader.seen())).hasSize(2000);
      // Not every second one: one where a commit comes later than the ones before it, and the last.
      assertThat(batchSizes.stream().filter(size -> size < 50).count())
          .as("few of the batches of sizes %s", batchSizes)
          .isLessThan(batchSizes.size() / 4);
      assertThat(batchSizes).allMatch(size -> size <= 100);
    } finally {
      streams.close(Duration.ofSeconds(30));
    }
  }

  /** At every second batch one falls due while the batch runs. */
  @Test
  void shouldEndABatchWithTheCommitThatFallsDueWhileItRuns() {
    batchTakes = Duration.ofMillis(600);
    send(numbers(0, 4000));
    KafkaStreams streams =
        start(
            topology(100, Duration.ofSeconds(2), Duration.ofSeconds(1)),
            "exactly_once_v2",
            NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> reader.seen().size() == 4000);
      assertThat(new TreeSet<>(reader.seen())).hasSize(4000);
      assertThat(batchSizes.stream().filter(size -> size < 50).count())
          .as("few of the batches of sizes %s", batchSizes)
          .isLessThan(batchSizes.size() / 5);
    } finally {
      streams.close(Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldCommitWhereNoFurtherBatchEnds() {
    KafkaStreams streams =
        start(
            topology(1000, Duration.ofMillis(50), Duration.ofSeconds(1)),
            "exactly_once_v2",
            NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      // The second batch ends too soon after the commit of the first to ask for one.
      for (int sent = 0; sent < 40; sent += 20) {
        int expected = sent + 20;
        send(numbers(sent, expected));
        await().atMost(Duration.ofSeconds(40)).until(() -> reader.seen().size() == expected);
      }
    } finally {
      streams.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldHandOnWhatItHoldsWhenStoppedCleanly() throws Exception {
    KafkaStreams streams = start(topology(1000, NEVER), "exactly_once_v2", NO_COMMITS_OF_STREAMS);
    try (Reader reader = new Reader()) {
      send(numbers(0, 20));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  streams.metrics().values().stream()
                          .filter(m -> m.metricName().name().equals("process-total"))
                          .filter(m -> m.metricName().group().equals("stream-thread-metrics"))
                          .mapToDouble(m -> (Double) m.metricValue())
                          .sum()
                      >= 20);
      assertThat(reader.seen()).as("nothing before a commit").isEmpty();
      streams.close(Duration.ofSeconds(30));
      await().atMost(Duration.ofSeconds(30)).until(() -> reader.seen().size() == 20);
      assertThat(committed()).isGreaterThanOrEqualTo(20);
    } finally {
      streams.close(Duration.ofSeconds(1));
    }
  }

  @Test
  void shouldNeitherLoseNorDoubleAcrossAFailureInTheMiddleOfABatch() {
    send(numbers(0, 50));
    send(List.of("stop"));
    KafkaStreams broken = start(topology(1000, NEVER), "exactly_once_v2", Map.of());
    await().atMost(Duration.ofSeconds(60)).until(() -> broken.state() == KafkaStreams.State.ERROR);
    broken.close(Duration.ofSeconds(10));
    Topology mended = new Topology();
    BatchProcessor.Settings settings =
        new BatchProcessor.Settings("batch", 1000, 1 << 20, NEVER, NEVER);
    mended
        .addSource("in", input)
        .addProcessor(
            "batcher",
            BatchProcessor.<String, String, String>supplier(
                settings,
                batch -> batch.stream().map(value -> new Routed<>("out", value)).toList(),
                String::length,
                System::nanoTime,
                BatchWatcher.NONE),
            "in")
        .addStateStore(DrainOnCommitStore.builder("batch"), "batcher")
        .addSink("out", output, "batcher");
    KafkaStreams streams = start(mended, "exactly_once_v2", Map.of());
    try (Reader reader = new Reader()) {
      await().atMost(Duration.ofSeconds(90)).until(() -> reader.seen().size() >= 51);
      List<String> expected = new ArrayList<>(numbers(0, 50));
      expected.add("stop");
      assertThat(reader.seen()).containsExactlyInAnyOrderElementsOf(expected);
    } finally {
      streams.close(Duration.ofSeconds(30));
    }
  }
}

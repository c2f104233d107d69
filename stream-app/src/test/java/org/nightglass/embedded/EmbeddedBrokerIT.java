package org.nightglass.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
  private static final String TOPIC = "exposures";

  @Test
  void shouldKeepOnlyCommittedTransactions() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      createTopic(broker, TOPIC);
      try (KafkaProducer<String, String> producer = producer(broker)) {
        producer.initTransactions();
        sendTransaction(producer, List.of("a", "b"), true);
        sendTransaction(producer, List.of("lost"), false);
        sendTransaction(producer, List.of("c"), true);
      }

      assertThat(readCommitted(broker, 3)).containsExactly("a", "b", "c");
      assertThat(broker.failure()).isNotDone();
    }
  }

  @Test
  void shouldKeepTopicsRecordsAndOffsetsOverARestart(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataDirectory(directory).start()) {
      createTopic(broker, TOPIC);
      send(broker, List.of("a", "b"));
      assertThat(readCommitted(broker, 2)).containsExactly("a", "b");
    }

    // Other ports than before: nothing on disk may depend on them.
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataDirectory(directory).start()) {
      send(broker, List.of("c"));
      assertThat(readCommitted(broker, 1)).as("after the group's offset").containsExactly("c");
    }
    assertThat(directory).exists();
  }

  @Test
  void shouldRunTwoAtOnceApart() throws Exception {
    try (EmbeddedBroker first = EmbeddedBroker.start();
        EmbeddedBroker second = EmbeddedBroker.start()) {
      createTopic(first, TOPIC);
      createTopic(second, TOPIC);
      send(first, List.of("first"));
      send(second, List.of("second"));

      assertThat(readCommitted(first, 1)).containsExactly("first");
      assertThat(readCommitted(second, 1)).containsExactly("second");
    }
  }

  @Test
  void shouldListenOnLoopbackOnly() throws IOException {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThat(ListeningSockets.ofProcess(ProcessHandle.current().pid()))
          .anyMatch(socket -> socket.getPort() == broker.port())
          .hasSizeGreaterThanOrEqualTo(2)
          .allMatch(socket -> socket.getAddress().isLoopbackAddress());
    }
  }

  @Test
  void shouldHonourAGivenPortAndRefuseATakenOne() throws IOException {
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();
      assertThatThrownBy(() -> EmbeddedBroker.builder().port(port).start())
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .hasMessageContaining("in use");
    }

    try (EmbeddedBroker broker = EmbeddedBroker.builder().port(port).start()) {
      assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void shouldRefuseADirectoryThatAnotherBrokerUses(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.builder().dataDirectory(directory).start()) {
      assertThatThrownBy(() -> EmbeddedBroker.builder().dataDirectory(directory).start())
          .isInstanceOf(EmbeddedServiceException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("in use");
      createTopic(broker, TOPIC);
      send(broker, List.of("unharmed"));
      assertThat(readCommitted(broker, 1)).containsExactly("unharmed");
      assertThat(broker.failure()).isNotDone();
    }
  }

  @Test
  void shouldRefuseAWrongSettingWithItsName() {
    EmbeddedBroker.Builder builder = EmbeddedBroker.builder().setting("log.segment.bytes", "many");

    assertThatThrownBy(builder::start)
        .isInstanceOf(EmbeddedServiceException.class)
        .hasMessageContaining("log.segment.bytes")
        .hasMessageContaining("many");
  }

  @Test
  void shouldNotCreateATopicThatIsOnlyNamed() {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Admin admin = admin(broker)) {
      assertThatThrownBy(() -> admin.describeTopics(List.of("typo")).allTopicNames().get())
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
    }
  }

  @Test
  void shouldDeleteRecordsOfOldTimestampsAsProductionDoes() throws Exception {
    Map<String, String> impatient =
        Map.of("log.retention.check.interval.ms", "200", "log.initial.task.delay.ms", "200");
    try (EmbeddedBroker broker = EmbeddedBroker.builder().settings(impatient).start()) {
      createTopic(broker, TOPIC);
      long twentyYearsAgo = System.currentTimeMillis() - Duration.ofDays(20 * 365).toMillis();
      try (KafkaProducer<String, String> producer = plainProducer(broker)) {
        producer.send(new ProducerRecord<>(TOPIC, 0, twentyYearsAgo, "k", "old")).get();
        // Only a closed segment is deleted; a record of now must start a new one to close it.
        producer.send(new ProducerRecord<>(TOPIC, 0, System.currentTimeMillis(), "k", "new")).get();
      }

      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(earliestOffset(broker)).isEqualTo(1));
    }
  }

  @Test
  void shouldReportAFatalErrorAndLeaveTheJvmAlone() {
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      assertThatThrownBy(() -> Exit.halt(1, "no disk left")).isInstanceOf(Error.class);

      assertThat(broker.failure()).isDone();
      assertThat(broker.failure().join()).hasMessageContaining("status 1: no disk left");
    }
  }

  @Test
  void shouldDeleteTemporaryDataOnCloseAndCloseTwice() {
    EmbeddedBroker broker = EmbeddedBroker.start();
    assertThat(broker.dataDirectory()).isDirectory();

    broker.close();
    broker.close();

    assertThat(Files.exists(broker.dataDirectory())).isFalse();
  }

  private static void createTopic(EmbeddedBroker broker, String name) throws Exception {
    try (Admin admin = admin(broker)) {
      admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
    }
  }

  private static long earliestOffset(EmbeddedBroker broker) throws Exception {
    var partition = new org.apache.kafka.common.TopicPartition(TOPIC, 0);
    try (Admin admin = admin(broker)) {
      return admin
          .listOffsets(Map.of(partition, org.apache.kafka.clients.admin.OffsetSpec.earliest()))
          .partitionResult(partition)
          .get()
          .offset();
    }
  }

  private static Admin admin(EmbeddedBroker broker) {
    return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  private static KafkaProducer<String, String> producer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "observer"),
        new StringSerializer(),
        new StringSerializer());
  }

  private static KafkaProducer<String, String> plainProducer(EmbeddedBroker broker) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.bootstrapServers()),
        new StringSerializer(),
        new StringSerializer());
  }

  private static void send(EmbeddedBroker broker, List<String> values) {
    try (KafkaProducer<String, String> producer = producer(broker)) {
      producer.initTransactions();
      sendTransaction(producer, values, true);
    }
  }

  private static void sendTransaction(
      KafkaProducer<String, String> producer, List<String> values, boolean commit) {
    producer.beginTransaction();
    for (String value : values) {
      var unused = producer.send(new ProducerRecord<>(TOPIC, "k", value));
    }
    producer.flush();
    if (commit) {
      producer.commitTransaction();
    } else {
      producer.abortTransaction();
    }
  }

  private static List<String> readCommitted(EmbeddedBroker broker, int count) {
    List<String> values = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
      while (values.size() < count && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
          values.add(record.value());
        }
      }
      consumer.commitSync();
    }
    return values;
  }
}

package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.Spectra;
import org.nightglass.app.Cluster;
import org.nightglass.app.NightglassApp;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.OutputReader;
import org.nightglass.embedded.EmbeddedBroker;
import org.nightglass.embedded.EmbeddedRegistry;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.schemas.serde.AvroSerializer;

/**
 * Kafka deletes by the record's timestamp. Spectra observed twenty years ago, sent tonight with
 * that date as their timestamp, must all be processed and their results kept.
 */
class RetentionIT {
  private static final int SPECTRA = 40;
  private static final long OBSERVED = Instant.parse("2004-07-14T06:00:00Z").toEpochMilli();

  @TempDir Path state;

  private static long earliest(Admin admin, String topic, int partition)
      throws ExecutionException, InterruptedException {
    TopicPartition at = new TopicPartition(topic, partition);
    ListOffsetsResultInfo info =
        admin.listOffsets(Map.of(at, OffsetSpec.earliest())).all().get().get(at);
    return info.offset();
  }

  /** Sends spectra as a careless producer would: dated by the observation. */
  private static void send(NightglassConfig config, String topic) {
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(config.kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int i = 0; i < SPECTRA; i++) {
        String name = "old" + i;
        byte[] value = serializer.serialize(topic, SpectrumEvents.event(Spectra.flat(name)));
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        producer.send(new ProducerRecord<>(topic, 0, OBSERVED, key, value));
      }
      producer.flush();
    }
  }

  @Test
  void shouldLoseNoneOfTheSpectraOfAnOldNight() throws Exception {
    try (EmbeddedBroker broker =
            EmbeddedBroker.builder()
                .setting("log.retention.check.interval.ms", "500")
                .setting("log.initial.task.delay.ms", "500")
                .start();
        EmbeddedRegistry registry = EmbeddedRegistry.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NightglassConfig config =
          NightglassConfig.of(
              "test",
              Map.of(
                  Settings.BOOTSTRAP_SERVERS, broker.bootstrapServers(),
                  Settings.REGISTRY_URL, registry.url(),
                  Settings.STATE_DIR, state.toString()));
      assertThat(Cluster.prepareTopics(config)).isEmpty();
      String careless = "careless.spectra";
      admin.createTopics(List.of(new NewTopic(careless, 1, (short) 1))).all().get();

      send(config, config.topics().spectra());
      send(config, careless);
      await("Kafka's deletion of records dated 2004 on a topic that keeps the producer's dates")
          .atMost(Duration.ofSeconds(60))
          .until(() -> earliest(admin, careless, 0) == SPECTRA);

      assertThat(earliest(admin, config.topics().spectra(), 0))
          .as("first spectrum still there")
          .isZero();
      Collected out = new Collected();
      try (NightglassApp app = NightglassApp.start(config, Shipped.bundles());
          OutputReader reader = new OutputReader(config, out)) {
        await().atMost(Duration.ofSeconds(60)).until(() -> out.results.size() == SPECTRA);
        assertThat(app.stopped()).isNotDone();
      }
      assertThat(out.results)
          .extracting(SpectrumResult::getEventTime)
          .containsOnly(Instant.ofEpochMilli(OBSERVED));
      send(config, careless);
      await("another round of deletions")
          .atMost(Duration.ofSeconds(60))
          .until(() -> earliest(admin, careless, 0) == 2 * SPECTRA);
      for (int partition = 0; partition < 4; partition++) {
        assertThat(earliest(admin, config.topics().results(), partition))
            .as("first result")
            .isZero();
      }
    }
  }

  @Test
  void shouldRefuseToStartOnATopicThatWouldLoseThem() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NightglassConfig config =
          NightglassConfig.of(
              "test",
              Map.of(
                  Settings.BOOTSTRAP_SERVERS,
                  broker.bootstrapServers(),
                  Settings.REGISTRY_URL,
                  "http://127.0.0.1:1"));
      admin
          .createTopics(List.of(new NewTopic(config.topics().spectra(), 1, (short) 1)))
          .all()
          .get();
      assertThat(Cluster.checkTopics(config))
          .singleElement()
          .asString()
          .contains(
              "nightglass.spectra", "message.timestamp.type=CreateTime", "must be LogAppendTime");
    }
  }
}

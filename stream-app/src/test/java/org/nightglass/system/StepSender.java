package org.nightglass.system;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.nightglass.account.Step;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroSerializer;

/** Sends what the account of the night takes in. */
final class StepSender implements AutoCloseable {
  private final NightglassConfig.Topics topics;
  private final AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
  private final KafkaProducer<byte[], byte[]> producer;

  StepSender(NightglassConfig config) {
    topics = config.topics();
    serializer.configure(config.serdes(), false);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 20);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void send(Step step) {
    String topic = step.input().topic(topics);
    SpecificRecord value = step.value();
    producer.send(
        new ProducerRecord<>(
            topic,
            step.key().getBytes(StandardCharsets.UTF_8),
            value == null ? null : serializer.serialize(topic, value)));
  }

  /** Waits until the broker has taken all of them. */
  void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
  }
}

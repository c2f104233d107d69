package org.nightglass.produce;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Sends small records to one topic: plans, observers' and other people's words. None is doubled by
 * a retry.
 *
 * <p>Safe for use by several threads; closing waits for what is under way.
 *
 * @param <T> the records of the topic
 */
public final class RecordSender<T extends SpecificRecord> implements AutoCloseable {
  private final Producer<byte[], byte[]> producer;
  private final Serializer<T> serializer;
  private final String topic;

  /**
   * @param kafka settings of Kafka's clients, with {@code bootstrap.servers}
   * @param serializer for the records; closed with the sender
   * @param topic which must exist
   */
  public RecordSender(Map<String, Object> kafka, Serializer<T> serializer, String topic) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.putAll(kafka);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1); // as SpectrumSender
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    this.serializer = serializer;
    this.topic = topic;
  }

  /**
   * Sends a record.
   *
   * @param value null withdraws what the key stood for
   * @return completes when the broker has it, or with the reason why not
   */
  public CompletableFuture<RecordMetadata> send(String key, @Nullable T value) {
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    byte[] bytes = value == null ? null : serializer.serialize(topic, value);
    producer.send(
        new ProducerRecord<>(topic, key.getBytes(StandardCharsets.UTF_8), bytes),
        (metadata, failure) -> {
          if (failure != null) {
            sent.completeExceptionally(failure);
          } else {
            sent.complete(metadata);
          }
        });
    return sent;
  }

  /** Waits until the broker has all that was sent. */
  public void flush() {
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}

package org.nightglass.produce;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.nightglass.avro.Spectrum;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Sends spectra to the spectra topic: keyed by target, one Avro event each, none doubled by a
 * retry.
 *
 * <p>The record's timestamp is left to the broker. The time of the observation is in the event, and
 * never belongs in the timestamp: Kafka would delete an old night as soon as it arrives.
 *
 * <p>Safe for use by several threads; closing waits for what is under way.
 */
public final class SpectrumSender implements AutoCloseable {
  /**
   * What a record batch costs around the record itself: more than its header and the record's own
   * fields.
   */
  private static final int BATCH_OVERHEAD_BYTES = 512;

  private final Producer<byte[], byte[]> producer;
  private final Serializer<Spectrum> serializer;
  private final String topic;
  private final int maxMessageBytes;

  private SpectrumSender(
      Producer<byte[], byte[]> producer,
      Serializer<Spectrum> serializer,
      String topic,
      int maxMessageBytes) {
    this.producer = producer;
    this.serializer = serializer;
    this.topic = topic;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Opens a sender.
   *
   * @param kafka settings of Kafka's clients, with {@code bootstrap.servers}
   * @param serializer for the events; closed with the sender
   * @param topic the spectra topic, which must exist
   */
  public static SpectrumSender open(
      Map<String, Object> kafka, Serializer<Spectrum> serializer, String topic) {
    int limit = maxMessageBytes(kafka, topic);
    Map<String, Object> settings = new HashMap<>();
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, Math.max(32L << 20, 4L * limit));
    settings.putAll(kafka);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, limit + BATCH_OVERHEAD_BYTES);
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // A topic that was created a moment ago may refuse the first request and take the second, and
    // an
    // idempotent producer with several under way then never gets its sequence right again.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    return new SpectrumSender(
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer()),
        serializer,
        topic,
        limit);
  }

  /**
   * Sends a spectrum.
   *
   * @return completes when the broker has it, or with the reason why not
   * @throws RecordTooBigException if the topic's limit would refuse it
   */
  public CompletableFuture<RecordMetadata> send(ObservedSpectrum spectrum) {
    byte[] key = spectrum.observation().targetId().getBytes(StandardCharsets.UTF_8);
    return send(key, serializer.serialize(topic, SpectrumEvents.event(spectrum)));
  }

  /** Sends bytes as they are: for what is no spectrum but must be seen to be refused. */
  public CompletableFuture<RecordMetadata> send(byte[] key, byte[] value) {
    int size = key.length + value.length + BATCH_OVERHEAD_BYTES;
    if (size > maxMessageBytes) {
      throw new RecordTooBigException(
          "event of target %s is %,d bytes; topic %s takes at most %,d (max.message.bytes)"
              .formatted(new String(key, StandardCharsets.UTF_8), size, topic, maxMessageBytes));
    }
    CompletableFuture<RecordMetadata> sent = new CompletableFuture<>();
    producer.send(
        new ProducerRecord<>(topic, key, value),
        (metadata, failure) -> {
          if (failure != null) {
            sent.completeExceptionally(failure);
          } else {
            sent.complete(metadata);
          }
        });
    return sent;
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }

  private static int maxMessageBytes(Map<String, Object> kafka, String topic) {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    try (Admin admin = Admin.create(kafka)) {
      Config settings = admin.describeConfigs(Set.of(resource)).all().get().get(resource);
      if (settings == null) {
        throw new IllegalStateException("the cluster says nothing of topic " + topic);
      }
      return Integer.parseInt(settings.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value());
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "cannot read the settings of topic " + topic + ": " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for topic " + topic, e);
    }
  }
}

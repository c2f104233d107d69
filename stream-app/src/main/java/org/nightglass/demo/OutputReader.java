package org.nightglass.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroDeserializer;

/**
 * Reads results and rejects from the beginning, as any consumer of Nightglass would: committed
 * records only.
 *
 * <p>Runs in a thread of its own, from construction to {@link #close}.
 */
public final class OutputReader implements AutoCloseable {
  /** What is done with each record; called in the reader's thread. */
  public interface Sink {
    void result(SpectrumResult result);

    void reject(Reject reject);
  }

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDeserializer<SpectrumResult> results;
  private final AvroDeserializer<Reject> rejects;
  private final NightglassConfig.Topics topics;
  private final Sink sink;
  private final Thread thread;

  /**
   * @param config of the application whose output to read
   * @param sink what is done with it
   */
  public OutputReader(NightglassConfig config, Sink sink) {
    this.topics = config.topics();
    this.sink = sink;
    this.results = reader(SpectrumResult.class, config);
    this.rejects = reader(Reject.class, config);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "nightglass-reader-" + UUID.randomUUID());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::read, "output-reader");
    thread.setDaemon(true);
    thread.start();
  }

  private static <T extends SpecificRecord> AvroDeserializer<T> reader(
      Class<T> type, NightglassConfig config) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(type);
    deserializer.configure(config.serdes(), false);
    return deserializer;
  }

  private void read() {
    consumer.subscribe(List.of(topics.results(), topics.rejects()));
    try {
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (record.topic().equals(topics.results())) {
            sink.result(results.deserialize(record.value()));
          } else {
            sink.reject(rejects.deserialize(record.value()));
          }
        }
      }
    } catch (WakeupException closing) {
      consumer.close();
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

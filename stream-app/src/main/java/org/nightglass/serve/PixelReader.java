package org.nightglass.serve;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.InFlight;
import org.nightglass.ingest.SpectrumReader;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Reads single spectra back from Kafka, from where their results say they came from: pixels have no
 * second copy.
 *
 * <p>Safe for use by several threads, which wait for each other: people look at spectra one at a
 * time.
 */
final class PixelReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration POLL = Duration.ofMillis(200);

  private final SpectrumReader reader;
  private final Clock clock;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final ReentrantLock one = new ReentrantLock();

  /**
   * @param kafka settings of Kafka's clients
   */
  PixelReader(Map<String, Object> kafka, SpectrumReader reader, Clock clock) {
    this.reader = reader;
    this.clock = clock;
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
    // One spectrum is wanted, not those behind it.
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 64 * 1024);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /**
   * Reads the spectrum of a result.
   *
   * @throws Problem if it is kept no longer, or cannot be read now
   */
  ObservedSpectrum read(SpectrumResult result) {
    TopicPartition partition =
        new TopicPartition(result.getSourceTopic(), result.getSourcePartition());
    ConsumerRecord<byte[], byte[]> record = fetch(partition, result.getSourceOffset());
    if (record == null || record.offset() != result.getSourceOffset()) {
      throw gone(result);
    }
    try {
      Arrival arrival =
          new Arrival(
              record.topic(),
              record.partition(),
              record.offset(),
              Instant.ofEpochMilli(record.timestamp()),
              clock.instant(),
              record.key(),
              record.value());
      ObservedSpectrum spectrum = reader.read(new InFlight<>(arrival, arrival));
      if (!spectrum.observation().spectrumId().equals(result.getSpectrumId())) {
        throw gone(result); // the topic was made anew
      }
      return spectrum;
    } catch (BadSpectrumException e) {
      throw gone(result);
    }
  }

  private @Nullable ConsumerRecord<byte[], byte[]> fetch(TopicPartition partition, long offset) {
    boolean mine = false;
    try {
      mine = one.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (!mine) {
        throw Problem.unavailable("busy", "other spectra are being read; ask again");
      }
      consumer.assign(List.of(partition));
      consumer.seek(partition, offset);
      long until = System.nanoTime() + PATIENCE.toNanos();
      while (System.nanoTime() < until) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          return record;
        }
        if (consumer.position(partition) > offset) {
          return null;
        }
      }
      throw Problem.unavailable(
          "kafka", "%s@%d was not delivered within %s".formatted(partition, offset, PATIENCE));
    } catch (OffsetOutOfRangeException e) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Problem.unavailable("stopping", "interrupted while reading the spectrum");
    } catch (KafkaException e) {
      throw Problem.unavailable(
          "kafka", "%s@%d cannot be read now: %s".formatted(partition, offset, e.getMessage()));
    } finally {
      if (mine) {
        one.unlock();
      }
    }
  }

  private static Problem gone(SpectrumResult result) {
    return new Problem(
        410,
        "pixels-gone",
        "Gone",
        "the pixels of spectrum '%s' are kept no longer at %s-%d@%d; its result is"
            .formatted(
                result.getSpectrumId(),
                result.getSourceTopic(),
                result.getSourcePartition(),
                result.getSourceOffset()),
        List.of());
  }

  @Override
  public void close() {
    one.lock();
    try {
      consumer.close();
    } finally {
      one.unlock();
    }
  }
}

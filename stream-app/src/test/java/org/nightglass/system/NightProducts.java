package org.nightglass.system;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroDeserializer;

/**
 * What the account of the night tells, as a consumer of committed records sees it: the latest
 * record of each key, and what is wrong with how they came. Read by {@link #poll}, in the caller's
 * thread.
 */
final class NightProducts implements AutoCloseable {
  final Map<String, NightYield> yields = new TreeMap<>();
  final Map<String, NightYield> survey = new TreeMap<>();
  final Map<String, FieldProgress> fields = new TreeMap<>();
  final Map<String, TargetState> targets = new TreeMap<>();
  final Map<String, NightStatus> nights = new TreeMap<>();
  final List<Reject> rejects = new ArrayList<>();

  /** Revisions that do not count on by one, records that repeat the one before. */
  final List<String> faults = new ArrayList<>();

  /** Records told, by topic. */
  final Map<String, Integer> told = new TreeMap<>();

  private final KafkaConsumer<String, byte[]> consumer;
  private final Map<String, BiConsumer<ConsumerRecord<String, byte[]>, byte[]>> takers =
      new HashMap<>();

  /**
   * @param config of the application whose products to read
   * @param progress takes each record of a field's progress, and the broker's time of it in
   *     milliseconds
   */
  NightProducts(NightglassConfig config, BiConsumer<FieldProgress, Long> progress) {
    NightglassConfig.Topics topics = config.topics();
    take(config, topics.nightYield(), NightYield.class, yields);
    take(config, topics.surveyYield(), NightYield.class, survey);
    take(config, topics.targetState(), TargetState.class, targets);
    take(config, topics.nights(), NightStatus.class, nights);
    take(config, topics.fieldProgress(), FieldProgress.class, fields);
    takers.computeIfPresent(
        topics.fieldProgress(),
        (topic, keep) ->
            (record, bytes) -> {
              keep.accept(record, bytes);
              progress.accept(fields.get(record.key()), record.timestamp());
            });
    AvroDeserializer<Reject> refused = reader(config, Reject.class);
    takers.put(
        topics.rejects(),
        (record, bytes) -> {
          Reject reject = refused.deserialize(bytes);
          if (reject.getReason().equals("BAD_PLAN")) {
            rejects.add(reject);
          }
        });
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "products-" + UUID.randomUUID());
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
    consumer.subscribe(List.copyOf(takers.keySet()));
  }

  private static <T extends SpecificRecord> AvroDeserializer<T> reader(
      NightglassConfig config, Class<T> type) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(type);
    deserializer.configure(config.serdes(), false);
    return deserializer;
  }

  private <T extends SpecificRecord> void take(
      NightglassConfig config, String topic, Class<T> type, Map<String, T> latest) {
    AvroDeserializer<T> deserializer = reader(config, type);
    takers.put(
        topic,
        (record, bytes) -> {
          T next = deserializer.deserialize(bytes);
          T before = latest.put(record.key(), next);
          long expected = before == null ? 1 : revision(before) + 1;
          if (revision(next) != expected) {
            faults.add(
                "%s %s: revision %d, expected %d"
                    .formatted(topic, record.key(), revision(next), expected));
          }
          if (before != null && content(before).equals(content(next))) {
            faults.add(
                "%s %s: revision %d repeats the one before"
                    .formatted(topic, record.key(), revision(next)));
          }
        });
  }

  private static long revision(SpecificRecord record) {
    return (Long) record.get(record.getSchema().getField("revision").pos());
  }

  /** A record without its revision and the time that it was made. */
  private static SpecificRecord content(SpecificRecord record) {
    SpecificRecord copy = SpecificData.get().deepCopy(record.getSchema(), record);
    copy.put(record.getSchema().getField("revision").pos(), 0L);
    copy.put(record.getSchema().getField("made_at").pos(), Instant.EPOCH);
    return copy;
  }

  /** Takes in what has come, for a moment. */
  void poll() {
    for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
      told.merge(record.topic(), 1, Integer::sum);
      BiConsumer<ConsumerRecord<String, byte[]>, byte[]> taker = takers.get(record.topic());
      if (taker != null && record.value() != null) {
        taker.accept(record, record.value());
      }
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}

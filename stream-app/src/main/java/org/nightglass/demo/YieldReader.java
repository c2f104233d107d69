package org.nightglass.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.nightglass.avro.NightYield;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroDeserializer;

/** Reads the yields of the nights as any consumer would: the latest record of each key holds. */
final class YieldReader {
  private static final Duration POLL = Duration.ofMillis(100);

  private YieldReader() {}

  /**
   * Reads until the yields are as they should be, or time is up.
   *
   * @param enough says so
   * @param patience how long to wait for it
   * @return the latest yields by key, whether or not they were enough
   */
  static Map<String, NightYield> until(
      NightglassConfig config, Predicate<Map<String, NightYield>> enough, Duration patience) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    Map<String, NightYield> yields = new TreeMap<>();
    try (AvroDeserializer<NightYield> deserializer = new AvroDeserializer<>(NightYield.class);
        KafkaConsumer<String, byte[]> consumer =
            new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      deserializer.configure(config.serdes(), false);
      String topic = config.topics().nightYield();
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long deadline = System.nanoTime() + patience.toNanos();
      while (!enough.test(yields) && System.nanoTime() < deadline) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
          yields.put(record.key(), deserializer.deserialize(topic, record.value()));
        }
      }
    }
    return yields;
  }
}

package org.nightglass.serve.read;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Serdes;
import org.nightglass.config.Settings;
import org.nightglass.schemas.serde.AvroDecodingException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics of products, results and rejects into the store, in a thread of its own from
 * {@link #start} to {@link #close}.
 *
 * <p>A record that cannot be decoded is counted and passed over; while the registry does not
 * answer, the thread waits. Anything else that goes wrong, a full disk for instance, ends it, and
 * {@link #failure} says why.
 */
final class TopicReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LOOK_FOR_PARTITIONS = Duration.ofSeconds(60);
  private static final int RETRY_MILLIS = 1000;
  private static final int MOST_RECORDS = 2000;

  private final ReadStore store;
  private final EventLog events;
  private final NightglassConfig.Topics topics;
  private final int nightsKept;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Deserializer<NightStatus> nights;
  private final Deserializer<NightYield> yields;
  private final Deserializer<FieldProgress> fields;
  private final Deserializer<TargetState> targets;
  private final Deserializer<SpectrumResult> results;
  private final Deserializer<Reject> rejects;
  private final Thread thread;

  /** Where the topics ended when reading began; emptied as reading gets there. */
  private final Map<TopicPartition, Long> toCatchUp = new HashMap<>();

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final AtomicLong undecodable = new AtomicLong();
  private final AtomicLong recordsRead = new AtomicLong();
  private volatile boolean closing;
  private volatile boolean caughtUp;
  private volatile boolean registrySilent;
  private volatile long behind;
  private volatile long lastRecordMillis;
  private long partitionsLookedAt;

  /**
   * @param nightsKept nights whose results are kept; the oldest beyond that are dropped
   */
  TopicReader(NightglassConfig config, ReadStore store, EventLog events, int nightsKept) {
    this.store = store;
    this.events = events;
    this.topics = config.topics();
    this.nightsKept = nightsKept;
    this.nights = reader(NightStatus.class, config);
    this.yields = reader(NightYield.class, config);
    this.fields = reader(FieldProgress.class, config);
    this.targets = reader(TargetState.class, config);
    this.results = reader(SpectrumResult.class, config);
    this.rejects = reader(Reject.class, config);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.remove(ConsumerConfig.GROUP_ID_CONFIG);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_RECORDS);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    this.thread = new Thread(this::run, "read-model");
    thread.setDaemon(true);
  }

  /** The topics that are read. */
  static List<String> topics(NightglassConfig.Topics topics) {
    return List.of(
        topics.nights(),
        topics.nightYield(),
        topics.surveyYield(),
        topics.fieldProgress(),
        topics.targetState(),
        topics.results(),
        topics.rejects());
  }

  private static <T extends SpecificRecord> Deserializer<T> reader(
      Class<T> type, NightglassConfig config) {
    return Serdes.configured(config, Settings.SERDE_NIGHT_INPUT, type);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      assign();
      toCatchUp.putAll(consumer.endOffsets(consumer.assignment()));
      while (!closing) {
        take(consumer.poll(POLL));
        if (System.nanoTime() - partitionsLookedAt > LOOK_FOR_PARTITIONS.toNanos()) {
          assign();
        }
      }
    } catch (WakeupException e) {
      log.debug("The read model is asked to stop");
    } catch (RuntimeException e) {
      failure.set(e);
      log.error("The read model has stopped, its answers grow old: {}", e.toString(), e);
    } finally {
      consumer.close();
      events.close();
    }
  }

  /** Assigns every partition that there is; new ones from their beginning, or where we were. */
  private void assign() {
    List<TopicPartition> all = new ArrayList<>();
    for (String topic : topics(topics)) {
      for (PartitionInfo partition : consumer.partitionsFor(topic)) {
        all.add(new TopicPartition(topic, partition.partition()));
      }
    }
    partitionsLookedAt = System.nanoTime();
    Set<TopicPartition> before = Set.copyOf(consumer.assignment());
    if (before.containsAll(all)) {
      return;
    }
    consumer.assign(all);
    Map<TopicPartition, Long> positions = store.positions();
    for (TopicPartition partition : all) {
      Long position = positions.get(partition);
      if (position != null) {
        consumer.seek(partition, position);
      } else if (!before.contains(partition)) {
        consumer.seekToBeginning(List.of(partition));
      }
    }
  }

  private void take(ConsumerRecords<byte[], byte[]> records) {
    List<Event> told = List.of();
    if (!records.isEmpty()) {
      try (Intake intake = new Intake(store)) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
          take(intake, record);
        }
        for (TopicPartition partition : records.partitions()) {
          intake.position(partition, consumer.position(partition));
        }
        told = intake.commit();
        dropOldNights(intake.nightsOfResults());
      }
      recordsRead.addAndGet(records.count());
    }
    measure();
    if (caughtUp) {
      events.add(told); // nobody wants to be told of a night long past while it is read again
    }
  }

  private void measure() {
    long sum = 0;
    for (TopicPartition partition : consumer.assignment()) {
      OptionalLong lag = consumer.currentLag(partition);
      sum += lag.orElse(0);
    }
    behind = sum;
    if (!caughtUp) {
      toCatchUp
          .entrySet()
          .removeIf(
              end -> consumer.position(end.getKey(), POLL.multipliedBy(50)) >= end.getValue());
      caughtUp = toCatchUp.isEmpty();
    }
  }

  private void take(Intake intake, ConsumerRecord<byte[], byte[]> record) {
    while (!closing) {
      try {
        decode(intake, record);
        registrySilent = false;
        lastRecordMillis = Math.max(lastRecordMillis, record.timestamp());
        return;
      } catch (SerializationException e) {
        if (AvroDecodingException.badRecord(e)) {
          passOver(record, e);
          return;
        }
        registrySilent = true;
        pause();
      } catch (ClassCastException e) { // a site's own deserializer gave something else
        passOver(record, e);
        return;
      }
    }
    throw new WakeupException(); // half a poll is not written
  }

  private void passOver(ConsumerRecord<byte[], byte[]> record, RuntimeException fault) {
    undecodable.incrementAndGet();
    log.warn(
        "{}-{}@{} cannot be read and is passed over: {}",
        record.topic(),
        record.partition(),
        record.offset(),
        fault.getMessage());
  }

  private static void pause() {
    try {
      Thread.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new WakeupException();
    }
  }

  private void decode(Intake intake, ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    byte[] value = record.value();
    if (topic.equals(topics.results())) {
      if (value != null) {
        intake.result(results.deserialize(topic, value));
      }
    } else if (topic.equals(topics.rejects())) {
      if (value != null) {
        intake.reject(rejects.deserialize(topic, value));
      }
    } else if (record.key() == null) {
      log.warn(
          "{}-{}@{} has no key and is passed over", topic, record.partition(), record.offset());
    } else {
      product(intake, topic, record.key(), value);
    }
  }

  private void product(Intake intake, String topic, byte[] key, byte @Nullable [] value) {
    if (topic.equals(topics.targetState())) {
      intake.target(key, value == null ? null : targets.deserialize(topic, value));
    } else if (topic.equals(topics.nightYield())) {
      intake.nightYield(key, value == null ? null : yields.deserialize(topic, value));
    } else if (topic.equals(topics.fieldProgress())) {
      intake.field(key, value == null ? null : fields.deserialize(topic, value));
    } else if (topic.equals(topics.surveyYield())) {
      intake.surveyYield(key, value == null ? null : yields.deserialize(topic, value));
    } else {
      intake.night(key, value == null ? null : nights.deserialize(topic, value));
    }
  }

  private void dropOldNights(Iterable<String> cameNow) {
    if (!cameNow.iterator().hasNext()) {
      return;
    }
    NavigableSet<String> kept = store.nightsOfResults();
    while (kept.size() > nightsKept) {
      String oldest = kept.pollFirst();
      log.info("Results of night {} make room for newer ones", oldest);
      store.dropRows(oldest);
    }
  }

  /** Why reading has ended for good; null while it goes on. */
  @Nullable Throwable failure() {
    return failure.get();
  }

  /** Whether everything that there was at the start has been read. */
  boolean caughtUp() {
    return caughtUp;
  }

  /** Whether reading waits for the schema registry. */
  boolean registrySilent() {
    return registrySilent;
  }

  /** Records not read yet, as far as the brokers have said. */
  long behind() {
    return behind;
  }

  /** When the broker took the latest record read, milliseconds since 1970; 0 = none read yet. */
  long lastRecordMillis() {
    return lastRecordMillis;
  }

  /** Records that could not be decoded. */
  long undecodable() {
    return undecodable.get();
  }

  /** Records read since the start. */
  long recordsRead() {
    return recordsRead.get();
  }

  @Override
  public void close() {
    closing = true;
    consumer.wakeup();
    if (thread.getState() == Thread.State.NEW) {
      consumer.close();
      return;
    }
    try {
      thread.join(30_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

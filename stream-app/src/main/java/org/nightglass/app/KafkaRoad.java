package org.nightglass.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.topology.NightTopology;
import org.nightglass.topology.Road;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The road as the broker knows it: where its topics end, and how far their readers have committed.
 *
 * <pre>
 *  spectra ─► results, rejects ┐
 *             plan, overrides  ┴─► target-events ─► night-, field-, survey-changes ─► counted
 *  └─ 1 ─┘    └────── 2 ──────┘    └──── 3 ────┘    └───────────── 4 ────────────┘
 * </pre>
 *
 * A stretch's ends are looked up once the stretch before it has been read to where it ended: a
 * commit covers what was made of the records, so all that was on the road lies before those ends.
 * That holds for all instances together, whoever works on which partition, through restarts and
 * rebalances.
 *
 * <p>One thread looks, and only while somebody waits; marks that are set meanwhile share the next
 * look. Whoever made it closes it.
 */
final class KafkaRoad implements Road, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaRoad.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(200);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);
  private static final Duration FETCH_WITHIN = Duration.ofSeconds(1);

  /** After so many looks without progress, whether there is anything left to read is looked at. */
  private static final int STILL_LOOKS = 5;

  /**
   * Topics that one application reads.
   *
   * @param group its consumer group
   */
  private record Stretch(String group, List<String> topics) {}

  /**
   * What of a partition a group has not committed yet.
   *
   * @param from the group's next offset
   * @param end offset where the partition ended
   */
  private record Unread(TopicPartition partition, long from, long end) {}

  private final Map<String, Object> kafka;
  private final List<Stretch> stretches = new ArrayList<>();
  private final ThreadPoolExecutor watch;

  /** What the next look is for; null = nobody waits for one. Guarded by this. */
  private @Nullable CompletableFuture<Void> next;

  KafkaRoad(NightglassConfig config) {
    kafka = config.kafka();
    NightglassConfig.Topics topics = config.topics();
    String account = StreamsSettings.nightApplicationId(config);
    stretches.add(new Stretch(config.string(Settings.APPLICATION_ID), List.of(topics.spectra())));
    stretches.add(
        new Stretch(
            account,
            List.of(topics.results(), topics.rejects(), topics.plan(), topics.overrides())));
    NightTopology.topicsBetween(account)
        .forEach(stage -> stretches.add(new Stretch(account, stage)));
    watch =
        new ThreadPoolExecutor(
            1,
            1,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "nightglass-road");
              thread.setDaemon(true);
              return thread;
            });
    watch.allowCoreThreadTimeOut(true);
  }

  @Override
  public synchronized Mark mark() {
    CompletableFuture<Void> counted = next;
    if (counted == null) {
      counted = new CompletableFuture<>();
      next = counted;
      watch.execute(this::look);
    }
    return counted::isDone;
  }

  private synchronized CompletableFuture<Void> begin() {
    CompletableFuture<Void> counted = next;
    if (counted == null) {
      throw new IllegalStateException("a look that nobody waits for");
    }
    next = null;
    return counted;
  }

  private void look() {
    CompletableFuture<Void> counted = begin();
    try {
      while (!counted.isDone()) {
        try {
          follow();
          counted.complete(null);
        } catch (InterruptException e) {
          throw e; // no fault of the broker's, though Kafka counts it among its own
        } catch (ExecutionException | KafkaException e) {
          log.warn(
              "Cannot see how far the account has come, asking again in {}: {}",
              RETRY_AFTER,
              NightglassApp.rootCause(e).toString());
          Thread.sleep(RETRY_AFTER.toMillis());
        }
      }
    } catch (InterruptedException | InterruptException e) {
      Thread.currentThread().interrupt(); // closed; whoever waits is being closed too
    }
  }

  private void follow() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(new HashMap<>(kafka));
        Consumer<byte[], byte[]> consumer = consumer()) {
      for (Stretch stretch : stretches) {
        await(stretch, admin, consumer);
      }
    }
  }

  private Consumer<byte[], byte[]> consumer() {
    Map<String, Object> settings = new HashMap<>(kafka);
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 1); // one batch will do
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  /** Waits until a stretch has been read to where it ends now. */
  private static void await(Stretch stretch, Admin admin, Consumer<byte[], byte[]> consumer)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> ends = ends(admin, stretch.topics());
    Set<Unread> before = Set.of();
    int still = 0;
    while (true) {
      Set<Unread> unread = unread(admin, stretch.group(), ends);
      if (unread.isEmpty()) {
        return;
      }
      still = unread.equals(before) ? still + 1 : 0;
      if (still == STILL_LOOKS) {
        if (unread.stream().allMatch(part -> empty(part, consumer))) {
          return;
        }
        still = 0;
      }
      before = unread;
      Thread.sleep(LOOK_EVERY.toMillis());
    }
  }

  /** Ends of topics, with what is in transactions that are still open. */
  private static Map<TopicPartition, Long> ends(Admin admin, List<String> topics)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
    for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              partition ->
                  latest.put(
                      new TopicPartition(topic.name(), partition.partition()),
                      OffsetSpec.latest()));
    }
    return admin.listOffsets(latest).all().get().entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                (Map.Entry<TopicPartition, ListOffsetsResultInfo> e) -> e.getValue().offset()));
  }

  private static Set<Unread> unread(Admin admin, String group, Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    Set<Unread> unread = new HashSet<>();
    ends.forEach(
        (partition, end) -> {
          OffsetAndMetadata reached = committed.get(partition);
          long from = reached == null ? 0 : reached.offset();
          if (from < end) {
            unread.add(new Unread(partition, from, end));
          }
        });
    return unread;
  }

  /**
   * Whether there is nothing to read: the end of a transaction takes up an offset, and a reader
   * that was restarted since does not commit it before the next record.
   */
  private static boolean empty(Unread part, Consumer<byte[], byte[]> consumer) {
    TopicPartition partition = part.partition();
    consumer.assign(List.of(partition));
    long first =
        consumer.beginningOffsets(List.of(partition)).values().stream()
            .mapToLong(Long::longValue)
            .max()
            .orElse(0);
    consumer.seek(partition, Math.max(part.from(), first));
    while (consumer.position(partition) < part.end()) {
      long position = consumer.position(partition);
      var records = consumer.poll(FETCH_WITHIN).records(partition);
      if (!records.isEmpty()) {
        return records.get(0).offset() >= part.end();
      }
      if (consumer.position(partition) == position) {
        return false; // not to be seen: a transaction is open, or the broker is slow
      }
    }
    return true;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}

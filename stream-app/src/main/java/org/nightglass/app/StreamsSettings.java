package org.nightglass.app;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.topology.NightTopology;

/**
 * A configuration as Kafka Streams wants it: our defaults for large records, then the site's, then
 * what must be.
 */
final class StreamsSettings {
  /** A reject holds a whole record, and says what was wrong with it. */
  private static final int REJECT_OVERHEAD_BYTES = 128 * 1024;

  /**
   * Spectra are large: this many wait undecoded in each partition's queue, not Kafka's default of
   * 1000.
   */
  private static final int QUEUED_RECORDS = 64;

  private static final int POLLED_RECORDS = 256;
  private static final int SELDOM = 10;
  private static final long RETRY_BACKOFF_MS = 20;
  private static final int QUEUED_SMALL_RECORDS = 1000;
  private static final long CACHED_COUNTERS_BYTES = 32L * 1024 * 1024;
  private static final int FETCHED_BYTES = 16 * 1024 * 1024;

  /**
   * Of one partition: a batch's worth of spectra, not Kafka's default of a megabyte. What is
   * fetched while the thread is in the model is all that it finds when it comes back.
   */
  private static final int FETCHED_OF_PARTITION_BYTES = 4 * 1024 * 1024;

  private StreamsSettings() {}

  static Properties of(NightglassConfig config) {
    Map<String, Object> settings = new HashMap<>();
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_REQUEST_SIZE_CONFIG),
        config.integer(Settings.TOPICS_MAX_MESSAGE_BYTES) + REJECT_OVERHEAD_BYTES);
    settings.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
    // The broker may refuse the first batch of a transaction to a partition, to be sent again, and
    // take none that follows before it: several under way then wait for a timeout, not for a retry.
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION), 1);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, QUEUED_RECORDS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG), POLLED_RECORDS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.FETCH_MAX_BYTES_CONFIG), FETCHED_BYTES);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG),
        FETCHED_OF_PARTITION_BYTES);
    // A machine that dies in the night is replaced in seconds; heartbeats have a thread of their
    // own.
    settings.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), 10_000);
    settings.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG, true);
    settings.putAll(config.kafka());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.string(Settings.APPLICATION_ID));
    settings.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG, config.string(Settings.PROCESSING_GUARANTEE));
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.integer(Settings.STREAM_THREADS));
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        ownCommits(config, config.milliseconds(Settings.COMMIT_INTERVAL)));
    settings.put(
        StreamsConfig.producerPrefix(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG),
        config.integer(Settings.TRANSACTION_TIMEOUT));
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDir(config).toString());
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }

  /**
   * The same for the account of the night: small records; exactly once whatever results are, since
   * it counts; and commits that its topology asks for, this interval being for when it does not.
   */
  static Properties ofNight(NightglassConfig config) {
    Properties settings = of(config);
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, nightApplicationId(config));
    settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, config.integer(Settings.NIGHT_THREADS));
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(
        StreamsConfig.COMMIT_INTERVAL_MS_CONFIG,
        ownCommits(
            config,
            NightTopology.longestCommitInterval(
                config.milliseconds(Settings.NIGHT_COMMIT_INTERVAL))));
    // The account does not depend on the order in which its inputs come, so no task waits for one
    // of them; while it waits it would word why, record by record.
    settings.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, StreamsConfig.MAX_TASK_IDLE_MS_DISABLED);
    settings.put(StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG, QUEUED_SMALL_RECORDS);
    settings.put(
        StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_POLL_RECORDS_CONFIG),
        QUEUED_SMALL_RECORDS);
    settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, CACHED_COUNTERS_BYTES);
    // On its first start Kafka Streams makes some twenty topics ready one after the other, and
    // pauses for so long after each.
    settings.putIfAbsent(StreamsConfig.RETRY_BACKOFF_MS_CONFIG, RETRY_BACKOFF_MS);
    return settings;
  }

  /**
   * How often Kafka Streams should commit of itself, ms: it does so whatever was committed between,
   * so seldom. Both topologies ask for their commits.
   *
   * @param asked longest time after which the topology asks for one
   */
  private static long ownCommits(NightglassConfig config, Duration asked) {
    return Math.min(
        SELDOM * asked.toMillis(), config.milliseconds(Settings.TRANSACTION_TIMEOUT).toMillis());
  }

  /** Name of the application that keeps the account: of all instances together. */
  static String nightApplicationId(NightglassConfig config) {
    return config.string(Settings.APPLICATION_ID) + "-night";
  }

  /** The folder for local state. */
  static Path stateDir(NightglassConfig config) {
    String given = config.string(Settings.STATE_DIR);
    return given.isEmpty()
        ? Path.of(System.getProperty("java.io.tmpdir"), "nightglass-state")
        : Path.of(given);
  }
}

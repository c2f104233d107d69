package org.nightglass.topology;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.nightglass.account.StateCodec;
import org.nightglass.account.TargetEvent;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;
import org.nightglass.ingest.Rejection;
import org.nightglass.night.Observatory;
import org.nightglass.policy.Policies;
import org.nightglass.publish.RejectWriter;

/**
 * The account of the night on one screen: a Kafka Streams application of its own, so that neither a
 * slow batch nor a broken model keeps the scheduler waiting.
 *
 * <pre>
 *  results ──┐                       ┌─ by night ─► night  ─► night-yield, nights
 *  rejects ──┤ read   by target      │                          │ (global table)
 *  plan ─────┼──────►──────► ledger ─┼─ by field ─► field  ─► field-progress
 *  overrides ┘   │              │    └─ by programme ► survey ► survey-yield
 *                │              └─► target-state
 *  night-events ─┴─ by night ─► night
 *                └─► refuse ─► rejects
 * </pre>
 *
 * Everything that has to come together is brought together by a repartition topic of our own, so
 * the topics of others may have any number of partitions.
 */
public final class NightTopology {
  /** The global table of nights: where each one stands. */
  static final String NIGHTS = "nights";

  private static final String TARGET_EVENTS = "target-events";
  private static final String NIGHT_CHANGES = "night-changes";
  private static final String FIELD_CHANGES = "field-changes";
  private static final String SURVEY_CHANGES = "survey-changes";

  /**
   * A commit's changes are one record a scope, so one task counts them all with ease; with more,
   * every commit would end a transaction over as many times more topics, most of them unchanged.
   */
  private static final int COUNTERS_PARTITIONS = 1;

  private NightTopology() {}

  /**
   * What the account is made of.
   *
   * @param observatory whose nights they are
   * @param rejects writes what cannot stand
   * @param input reads the records of the contract
   * @param product writes them
   * @param road on which it all comes
   * @param clock of the wall
   */
  public record Parts(
      Policies policies,
      Observatory observatory,
      RejectWriter rejects,
      Inputs input,
      Products product,
      Road road,
      Clock clock) {}

  /** Deserializers of what comes in. */
  public record Inputs(
      Deserializer<SpectrumResult> results,
      Deserializer<Reject> rejects,
      Deserializer<PlannedTarget> plan,
      Deserializer<NightEvent> nightEvents,
      Deserializer<TargetOverride> overrides) {}

  /** Serializer of what goes out, and a deserializer of the nights among it. */
  public record Products(Serializer<SpecificRecord> serializer, Deserializer<NightStatus> nights) {}

  /**
   * How often, and how wide.
   *
   * @param update least time between two updates of one figure
   * @param commit least time between two commits of a thread
   * @param closeGrace after noon and the last change, when the clock closes a night
   * @param longestClosing how long the observer's word to close waits for what is on the road
   * @param partitions of the targets' events
   */
  public record Rhythm(
      Duration update,
      Duration commit,
      Duration closeGrace,
      Duration longestClosing,
      int partitions) {
    private static final Duration LONGEST_TICK = Duration.ofMillis(250);

    /** How often tasks look what is due: often enough not to add to the interval. */
    Duration tick() {
      Duration quarter = update.dividedBy(4);
      return quarter.compareTo(LONGEST_TICK) < 0
          ? Duration.ofMillis(Math.max(10, quarter.toMillis()))
          : LONGEST_TICK;
    }
  }

  /**
   * The topics in between, stage by stage, in the order in which what comes in passes them.
   *
   * @param applicationId of the account
   */
  public static List<List<String>> topicsBetween(String applicationId) {
    return Stream.of(List.of(TARGET_EVENTS), List.of(NIGHT_CHANGES, FIELD_CHANGES, SURVEY_CHANGES))
        .map(stage -> stage.stream().map(n -> applicationId + "-" + n + "-repartition").toList())
        .toList();
  }

  /**
   * How long after a commit the topology asks for the next one at the latest.
   *
   * @param shortest least time between two commits
   */
  public static Duration longestCommitInterval(Duration shortest) {
    return CommitPace.longest(shortest);
  }

  /** Builds the topology. */
  public static Topology build(NightglassConfig.Topics topics, Rhythm rhythm, Parts parts) {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<NightStatus> nights =
        Serdes.serdeFrom(
            (topic, status) -> parts.product().serializer().serialize(topic, status),
            parts.product().nights());
    builder.globalTable(
        topics.nights(),
        Consumed.with(Serdes.String(), nights),
        Materialized.<String, NightStatus, KeyValueStore<Bytes, byte[]>>as(NIGHTS)
            .withKeySerde(Serdes.String())
            .withValueSerde(nights));
    CommitPace.OfThreads pace = new CommitPace.OfThreads(rhythm.commit());
    KStream<String, Object> read =
        source(builder, topics.results(), () -> InputProcessor.results(parts))
            .merge(source(builder, topics.rejects(), () -> InputProcessor.rejects(parts)))
            .merge(source(builder, topics.plan(), () -> InputProcessor.plan(parts)))
            .merge(source(builder, topics.overrides(), () -> InputProcessor.overrides(parts)))
            .process(CommitPace.arriving(pace, parts.clock()));
    KStream<String, Object> words =
        source(builder, topics.nightEvents(), () -> InputProcessor.nightEvents(parts))
            .process(CommitPace.arriving(pace, parts.clock()));

    KStream<String, Object> ledger =
        only(read, TargetEvent.class)
            .repartition(between(TARGET_EVENTS, TargetEvent.class, rhythm.partitions()))
            .process(CommitPace.arriving(pace, parts.clock()))
            .process(LedgerProcessor.supplier(rhythm, parts));
    KStream<String, Object> night =
        only(ledger, ToNight.class)
            .merge(only(words, ToNight.class))
            .repartition(between(NIGHT_CHANGES, ToNight.class, COUNTERS_PARTITIONS))
            .process(CommitPace.arriving(pace, parts.clock()))
            .process(NightProcessor.supplier(rhythm, parts));
    KStream<String, Object> field =
        only(ledger, ToField.class)
            .repartition(between(FIELD_CHANGES, ToField.class, COUNTERS_PARTITIONS))
            .process(CommitPace.arriving(pace, parts.clock()))
            .process(FieldProcessor.supplier(rhythm, parts));
    KStream<String, Object> survey =
        only(ledger, ToSurvey.class)
            .repartition(between(SURVEY_CHANGES, ToSurvey.class, COUNTERS_PARTITIONS))
            .process(CommitPace.arriving(pace, parts.clock()))
            .process(SurveyProcessor.supplier(rhythm, parts));

    publish(only(ledger, TargetState.class), topics.targetState(), pace, parts);
    publish(only(night, NightYield.class), topics.nightYield(), pace, parts);
    publish(only(night, NightStatus.class), topics.nights(), pace, parts);
    publish(only(field, FieldProgress.class), topics.fieldProgress(), pace, parts);
    publish(only(survey, NightYield.class), topics.surveyYield(), pace, parts);
    only(read, Rejection.class)
        .merge(only(ledger, Rejection.class))
        .merge(only(words, Rejection.class))
        .process(() -> new RefusalProcessor(parts.rejects()))
        .to(
            topics.rejects(),
            Produced.with(Serdes.ByteArray(), serde(parts.product().serializer())));
    return builder.build();
  }

  private static KStream<String, Object> source(
      StreamsBuilder builder,
      String topic,
      ProcessorSupplier<byte[], byte[], String, Object> processor) {
    return builder.stream(topic, Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .process(processor);
  }

  private static <T> KStream<String, T> only(KStream<String, Object> mixed, Class<T> type) {
    return mixed
        .filter((key, value) -> type.isInstance(value))
        .mapValues(value -> type.cast(value));
  }

  private static <T> Repartitioned<String, T> between(String name, Class<T> type, int partitions) {
    return Repartitioned.<String, T>as(name)
        .withKeySerde(Serdes.String())
        .withValueSerde(serde(type))
        .withNumberOfPartitions(partitions);
  }

  private static <T extends SpecificRecord> void publish(
      KStream<String, T> products, String topic, CommitPace.OfThreads pace, Parts parts) {
    products
        .process(CommitPace.<T>leaving(pace, parts.clock()))
        .to(topic, Produced.with(Serdes.String(), serde(parts.product().serializer())));
  }

  /** A serde that only writes. */
  private static <T extends SpecificRecord> Serde<T> serde(Serializer<SpecificRecord> serializer) {
    return Serdes.serdeFrom(
        serializer::serialize,
        (topic, bytes) -> {
          throw new IllegalStateException(topic + " is not read here");
        });
  }

  /** Records of the account as bytes. */
  static <T> Serde<T> serde(Class<T> type) {
    StateCodec<T> codec = new StateCodec<>(type);
    return Serdes.serdeFrom(
        (topic, value) -> value == null ? null : codec.encode(value),
        (topic, bytes) -> bytes == null ? null : codec.decode(bytes));
  }
}

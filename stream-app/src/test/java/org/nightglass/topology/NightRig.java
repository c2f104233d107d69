package org.nightglass.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.nightglass.account.Step;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;
import org.nightglass.night.Observatory;
import org.nightglass.policy.Policies;
import org.nightglass.policy.PolicyReader;
import org.nightglass.publish.RejectWriter;
import org.nightglass.schemas.serde.TrustedClasses;

/** The account of the night in a test driver, with a clock of its own. */
final class NightRig implements AutoCloseable {
  static final Instant NOW = Instant.parse("2025-12-23T00:00:00Z");
  static final Duration GRACE = Duration.ofHours(2);
  static final Duration LONGEST_CLOSING = Duration.ofMinutes(10);
  private static final Duration UPDATE = Duration.ofSeconds(1);
  private static final Duration COMMIT = Duration.ofMillis(100);

  private static final NightglassConfig.Topics TOPICS =
      new NightglassConfig.Topics(
          "spectra",
          "results",
          "rejects",
          "plan",
          "night-events",
          "overrides",
          "target-state",
          "field-progress",
          "night-yield",
          "survey-yield",
          "nights");

  private Instant now = NOW;
  private boolean roadIsFree = true;
  private final TopologyTestDriver driver;
  private final Map<String, TestInputTopic<byte[], byte[]>> inputs = new HashMap<>();
  private final Map<String, NightYield> yields = new LinkedHashMap<>();
  private final Map<String, Integer> yieldRecords = new HashMap<>();
  private final Map<String, NightYield> surveyYields = new LinkedHashMap<>();
  private final Map<String, TargetState> states = new LinkedHashMap<>();
  private final Map<String, FieldProgress> progress = new LinkedHashMap<>();
  private final Map<String, NightStatus> nights = new LinkedHashMap<>();
  private final List<Reject> rejects = new ArrayList<>();

  NightRig() {
    this(policies());
  }

  NightRig(Policies policies) {
    InstantSource time = () -> now;
    Clock clock = time.withZone(ZoneOffset.UTC);
    var topology =
        NightTopology.build(
            TOPICS,
            new NightTopology.Rhythm(UPDATE, COMMIT, GRACE, LONGEST_CLOSING, 1),
            parts(policies, () -> () -> roadIsFree, clock));
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    settings.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory().toString());
    driver = new TopologyTestDriver(topology, settings, now);
  }

  static NightTopology.Parts parts(Policies policies, Road road, Clock clock) {
    Observatory observatory = new Observatory.Civil(ZoneId.of("America/Denver"));
    return new NightTopology.Parts(
        policies,
        observatory,
        new RejectWriter("test-night", "1", observatory, clock),
        new NightTopology.Inputs(
            plain(SpectrumResult.class),
            plain(Reject.class),
            plain(PlannedTarget.class),
            plain(NightEvent.class),
            plain(TargetOverride.class)),
        new NightTopology.Products((topic, record) -> encode(record), plain(NightStatus.class)),
        road,
        clock);
  }

  /** One of its own: two builds on one machine must not share a lock. */
  private static Path stateDirectory() {
    try {
      Path directory = Files.createTempDirectory("nightglass-rig");
      directory.toFile().deleteOnExit(); // the driver empties it when it is closed
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Policies policies() {
    return policies(
        Map.of(
            "programme.default.goal.snr", "2",
            "programme.default.max.exposure.seconds", "1800",
            "programme.dark.accept.snr", "0.5",
            "programme.bright.accept.snr", "0.5"));
  }

  static Policies policies(Map<String, String> settings) {
    List<String> faults = new ArrayList<>();
    Policies policies = PolicyReader.read(settings, faults);
    if (!faults.isEmpty()) {
      throw new IllegalStateException(faults.toString());
    }
    return policies;
  }

  /** A planned target. */
  static PlannedTarget plan(String night, String target, String programme, String field) {
    return plan(night, target, programme, field, plan -> {});
  }

  static PlannedTarget plan(
      String night,
      String target,
      String programme,
      String field,
      Consumer<PlannedTarget.Builder> more) {
    PlannedTarget.Builder plan =
        PlannedTarget.newBuilder()
            .setNight(night)
            .setTargetId(target)
            .setSurvey("test")
            .setProgramme(programme)
            .setFieldId(field)
            .setSelectedAs("QSO")
            .setPlannedAt(Instant.parse("2025-12-21T20:00:00Z"));
    more.accept(plan);
    return plan.build();
  }

  /** A good result of a quasar; {@link ResultOf} changes it. */
  static ResultOf result(String night, String target, String spectrum, double snr) {
    return new ResultOf(night, target, spectrum, snr);
  }

  /** A result in the making. */
  static final class ResultOf {
    final SpectrumResult result;

    ResultOf(String night, String target, String spectrum, double snr) {
      result =
          SpectrumResult.newBuilder()
              .setSpectrumId(spectrum)
              .setTargetId(target)
              .setKind(ObjectKind.TARGET)
              .setSurvey("test")
              .setProgramme("dark")
              .setFieldId("F1")
              .setExposureId("e1")
              .setFibre(1)
              .setMjd(61031.25)
              .setExposureSeconds(900.0)
              .setReductionVersion("v1")
              .setNight(night)
              .setClassLabel("QSO")
              .setClassProbability(0.99)
              .setProbabilities(List.of())
              .setZ(2.1)
              .setZErr(0.001)
              .setGoodZ(true)
              .setSnr(snr)
              .setCoverage(1)
              .setModelName("m")
              .setModelVersion("1")
              .setSourceTopic("spectra")
              .setSourcePartition(0)
              .setSourceOffset(0)
              .setEventTime(NOW)
              .setIngestedAt(NOW)
              .setReceivedAt(NOW)
              .setEmittedAt(NOW)
              .build();
    }

    ResultOf good(boolean good) {
      result.setGoodZ(good);
      return this;
    }

    ResultOf reduction(String version) {
      result.setReductionVersion(version);
      return this;
    }

    ResultOf warn(int bit) {
      result.setWarningBits(1L << bit);
      return this;
    }

    ResultOf sky() {
      result.setKind(ObjectKind.SKY);
      return this;
    }
  }

  void result(ResultOf result) {
    result(result.result);
  }

  void result(SpectrumResult result) {
    pipe(TOPICS.results(), result.getTargetId(), result);
  }

  void plan(PlannedTarget plan) {
    pipe(TOPICS.plan(), plan.getNight() + "/" + plan.getTargetId(), plan);
  }

  void reject(String night, String target, String spectrum, String reason) {
    reject(night, target, spectrum, reason, reject -> {});
  }

  void reject(
      String night, String target, String spectrum, String reason, Consumer<Reject.Builder> more) {
    Reject.Builder reject =
        Reject.newBuilder()
            .setReason(reason)
            .setMessage("test")
            .setSpectrumId(spectrum)
            .setTargetId(target)
            .setKind("TARGET")
            .setSurvey("test")
            .setProgramme("dark")
            .setFieldId("F1")
            .setExposureId("e1")
            .setNight(night)
            .setSourceTopic("spectra")
            .setSourcePartition(0)
            .setSourceOffset(0)
            .setIngestedAt(NOW)
            .setReceivedAt(NOW)
            .setRejectedAt(NOW)
            .setApplicationId("test")
            .setApplicationVersion("1");
    more.accept(reject);
    pipe(TOPICS.rejects(), target, reject.build());
  }

  void say(String night, NightEventType type) {
    pipe(
        TOPICS.nightEvents(),
        night,
        new NightEvent(night, "apo", type, now, "observer", null, null));
  }

  void override(String target, OverrideAction action) {
    now = now.plusMillis(1);
    pipe(
        TOPICS.overrides(),
        target,
        new TargetOverride(target, action, null, null, now, "astronomer", "looked at it"));
  }

  /** One record of a history. */
  void take(Step step) {
    take(step, now);
  }

  /** One record of a history, which the broker took at some time in the past. */
  void take(Step step, Instant at) {
    SpecificRecord value = step.value();
    input(step.input().topic(TOPICS))
        .pipeInput(
            step.key().getBytes(StandardCharsets.UTF_8), value == null ? null : encode(value), at);
  }

  Instant now() {
    return now;
  }

  /** Whether all has been counted that was on the road when it was marked; true at first. */
  void roadIsFree(boolean free) {
    roadIsFree = free;
  }

  private void pipe(String topic, String key, SpecificRecord value) {
    input(topic).pipeInput(key.getBytes(StandardCharsets.UTF_8), encode(value), now);
  }

  private TestInputTopic<byte[], byte[]> input(String topic) {
    return inputs.computeIfAbsent(
        topic,
        name ->
            driver.createInputTopic(name, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** An update interval passes, twice, so that what one record brings about is told too. */
  void tick() {
    wait(UPDATE.plusMillis(1));
    wait(UPDATE.plusMillis(1));
  }

  void wait(Duration time) {
    now = now.plus(time);
    driver.advanceWallClockTime(time);
    drain(TOPICS.nightYield(), NightYield.class)
        .forEach(
            entry -> {
              yields.put(entry.key, entry.value);
              yieldRecords.merge(entry.key, 1, Integer::sum);
            });
    drain(TOPICS.surveyYield(), NightYield.class)
        .forEach(entry -> surveyYields.put(entry.key, entry.value));
    drain(TOPICS.targetState(), TargetState.class)
        .forEach(entry -> states.put(entry.key, entry.value));
    drain(TOPICS.fieldProgress(), FieldProgress.class)
        .forEach(entry -> progress.put(entry.key, entry.value));
    drain(TOPICS.nights(), NightStatus.class).forEach(entry -> nights.put(entry.key, entry.value));
    drain(TOPICS.rejects(), Reject.class).forEach(entry -> rejects.add(entry.value));
  }

  private <T extends SpecificRecord> List<KeyValue<String, T>> drain(String topic, Class<T> type) {
    TestOutputTopic<String, byte[]> output =
        driver.createOutputTopic(topic, new StringDeserializer(), new ByteArrayDeserializer());
    Deserializer<T> deserializer = plain(type);
    List<KeyValue<String, T>> records = new ArrayList<>();
    while (!output.isEmpty()) {
      KeyValue<String, byte[]> record = output.readKeyValue();
      records.add(KeyValue.pair(record.key, deserializer.deserialize(topic, record.value)));
    }
    return records;
  }

  Map<String, NightYield> yields() {
    return yields;
  }

  int yieldRecords(String key) {
    return yieldRecords.getOrDefault(key, 0);
  }

  Map<String, NightYield> surveyYields() {
    return surveyYields;
  }

  Map<String, TargetState> states() {
    return states;
  }

  Map<String, FieldProgress> progress() {
    return progress;
  }

  Map<String, NightStatus> nights() {
    return nights;
  }

  List<Reject> rejects() {
    return rejects;
  }

  static byte[] encode(SpecificRecord record) {
    var bytes = new java.io.ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      new SpecificDatumWriter<SpecificRecord>(record.getSchema()).write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static <T extends SpecificRecord> Deserializer<T> plain(Class<T> type) {
    TrustedClasses.trust(type);
    SpecificDatumReader<T> reader = new SpecificDatumReader<>(type);
    return (topic, bytes) -> {
      try {
        return reader.read(
            null, org.apache.avro.io.DecoderFactory.get().binaryDecoder(bytes, null));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  static ByteBuffer bytes(SpecificRecord record) {
    return ByteBuffer.wrap(encode(record));
  }

  @Override
  public void close() {
    driver.close();
  }
}

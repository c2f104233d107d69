package org.nightglass.serve;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.nightglass.Spectra;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetNight;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;
import org.nightglass.avro.YieldRatio;
import org.nightglass.config.NightglassConfig;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.serve.read.Results;

/**
 * A small night in Kafka, as the application would write it: some spectra, a result and a state of
 * each target, a field, funnels, a reject. The same seed gives the same night.
 */
final class SampleNight implements AutoCloseable {
  static final int SPECTRA = 40;
  static final Instant BEGIN = Instant.parse("2026-03-01T05:00:00Z");

  private final NightglassConfig.Topics topics;
  private final KafkaProducer<String, SpecificRecord> producer;
  private final Random random = new Random(11);

  SampleNight(NightglassConfig config) {
    this.topics = config.topics();
    AvroSerializer<SpecificRecord> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    this.producer = new KafkaProducer<>(settings, new StringSerializer(), serializer);
  }

  /** Writes the night, and waits until the broker has it. */
  void write() throws ExecutionException, InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (int i = 0; i < SPECTRA; i++) {
      RecordMetadata at = spectrum("s" + i).get();
      SpectrumResult result = result(i);
      result.setSourceTopic(at.topic());
      result.setSourcePartition(at.partition());
      result.setSourceOffset(at.offset());
      sent.add(send(topics.results(), result.getTargetId(), result));
      sent.add(
          target(result.getTargetId(), i % 4 == 0 ? TargetStateName.OBS : TargetStateName.DONE));
    }
    sent.add(send(topics.nights(), Results.NIGHT, status(NightState.OPEN, 1)));
    sent.add(send(topics.nightYield(), Results.NIGHT + "///", funnel(Results.NIGHT, null, null)));
    sent.add(
        send(topics.nightYield(), Results.NIGHT + "/dark//", funnel(Results.NIGHT, "dark", null)));
    sent.add(
        send(
            topics.nightYield(),
            Results.NIGHT + "/dark/field-17/",
            funnel(Results.NIGHT, "dark", "field-17")));
    sent.add(send(topics.surveyYield(), "/", funnel(null, null, null)));
    sent.add(field(1, 2));
    sent.add(send(topics.rejects(), "t0", Results.reject("BAD_HEADER", BEGIN.plusSeconds(7))));
    for (Future<RecordMetadata> one : sent) {
      one.get();
    }
  }

  Future<RecordMetadata> spectrum(String name) {
    return send(topics.spectra(), "target-" + name, SpectrumEvents.event(Spectra.flat(name)));
  }

  /** Results of three classes, every fifth without a redshift, every tenth a sky fibre. */
  SpectrumResult result(int i) {
    ObjectKind kind = i % 10 == 9 ? ObjectKind.SKY : ObjectKind.TARGET;
    SpectrumResult result =
        Results.of("spectrum-s" + i, "target-s" + i, kind, BEGIN.plusSeconds(30L * i));
    result.setFibre(i + 1);
    result.setSnr(0.5 + 10 * random.nextDouble());
    if (i % 5 == 4) {
      result.setClassLabel("STAR_A0");
      result.setZ(null);
      result.setZErr(null);
      result.setZMembers(List.of());
      result.setZNullReason("stars have no redshift network");
      result.setGoodZ(false);
      result.setWarnings(List.of("Z_NOT_ESTIMATED"));
      result.setWarningBits(1 << 9);
    } else {
      result.setZ(0.1 * i);
    }
    return result;
  }

  Future<RecordMetadata> send(String topic, String key, SpecificRecord value) {
    return producer.send(new ProducerRecord<>(topic, key, value));
  }

  static NightStatus status(NightState state, long revision) {
    return NightStatus.newBuilder()
        .setNight(Results.NIGHT)
        .setState(state)
        .setRevision(revision)
        .setSince(BEGIN)
        .setMadeAt(BEGIN)
        .build();
  }

  private static NightYield funnel(String night, String programme, String field) {
    return NightYield.newBuilder()
        .setNight(night)
        .setProgramme(programme)
        .setFieldId(field)
        .setState(NightState.OPEN)
        .setRevision(3)
        .setMadeAt(BEGIN)
        .setTargeted(50L)
        .setAssigned(45L)
        .setObserved(36)
        .setValid(36)
        .setClassified(34)
        .setGoodZ(32)
        .setUnplanned(0)
        .setSpectra(36)
        .setRejectedEvents(1)
        .setNightMismatches(0)
        .setOverridden(0)
        .setSkyFibres(4)
        .setSkyAccepted(0)
        .setRatios(
            List.of(
                new YieldRatio("success_rate", 32L, 36L, 32 / 36.0, 0.82, 0.93, null),
                new YieldRatio(
                    "redshift_completeness", null, null, null, null, null, "no plan yet")))
        .setForecastNullReason("no plan yet")
        .build();
  }

  Future<RecordMetadata> target(String name, TargetStateName state) {
    TargetState record =
        TargetState.newBuilder()
            .setTargetId(name)
            .setState(state)
            .setProgramme("dark")
            .setFieldId("field-17")
            .setNumObs(1)
            .setNumObsInit(1)
            .setNumObsMore(0)
            .setGoodZ(state == TargetStateName.DONE)
            .setNights(List.of(new TargetNight(Results.NIGHT, "field-17", true, "GOOD_Z", 1)))
            .setNight(Results.NIGHT)
            .setNightState(NightState.OPEN)
            .setRevision(1)
            .setPolicy("dark/5f3a9c01")
            .setMadeAt(BEGIN)
            .build();
    return send(topics.targetState(), name, record);
  }

  /**
   * @param profiting how many targets it names: 500 make a record of some 15 kB
   */
  Future<RecordMetadata> field(long revision, int profiting) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < profiting; i++) {
      names.add("target-with-a-long-name-%05d".formatted(i));
    }
    FieldProgress record =
        FieldProgress.newBuilder()
            .setFieldId("field-17")
            .setProgramme("dark")
            .setRaDeg(150.125)
            .setDecDeg(2.25)
            .setNight(Results.NIGHT)
            .setNightState(NightState.OPEN)
            .setRevision(revision)
            .setDoneNullReason("no goal")
            .setTargeted(50)
            .setAssigned(45)
            .setObserved(36)
            .setValid(36)
            .setGoodZ(32)
            .setTargetsDone(30)
            .setExposures(1)
            .setExposedSeconds(900)
            .setLastExposureSpectra(36)
            .setProfiting(profiting)
            .setProfitingTargets(names)
            .setMadeAt(BEGIN)
            .build();
    return send(topics.fieldProgress(), "field-17", record);
  }

  @Override
  public void close() {
    producer.close();
  }
}

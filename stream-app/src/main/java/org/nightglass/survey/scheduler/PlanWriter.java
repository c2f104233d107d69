package org.nightglass.survey.scheduler;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroSerializer;

/** Writes visits to the plan topic, one record a target. Not thread-safe. */
public final class PlanWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerializer<PlannedTarget> serializer = new AvroSerializer<>();
  private final String topic;
  private final Goals goals;

  /**
   * @param config of the application that the plan is for
   * @param goals of the programme
   */
  public PlanWriter(NightglassConfig config, Goals goals) {
    this.topic = config.topics().plan();
    this.goals = goals;
    serializer.configure(config.serdes(), false);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /**
   * Writes a visit and waits until the broker has it: a plan comes before what is observed by it.
   *
   * @param night YYYYMMDD
   * @param visit what is to be observed
   * @param at when it was planned
   */
  public void write(String night, Visit visit, Instant at) throws InterruptedException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    for (CatalogueField.Target target : visit.targets()) {
      byte[] key = (night + "/" + target.id()).getBytes(StandardCharsets.UTF_8);
      byte[] value = serializer.serialize(topic, planned(night, visit, target, at));
      sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }
    producer.flush();
    try {
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "the plan of field %s in night %s was not taken: %s"
              .formatted(visit.field().id(), night, e.getCause()),
          e.getCause());
    }
  }

  private PlannedTarget planned(
      String night, Visit visit, CatalogueField.Target target, Instant at) {
    CatalogueField field = visit.field();
    PlannedTarget planned = new PlannedTarget();
    planned.setNight(night);
    planned.setTargetId(target.id());
    planned.setSurvey(goals.survey());
    planned.setProgramme(goals.programme());
    planned.setFieldId(field.id());
    planned.setRaDeg(target.raDeg());
    planned.setDecDeg(target.decDeg());
    planned.setSelectedAs(target.selectedAs());
    planned.setAssigned(true);
    planned.setPriority(0);
    planned.setNumObsInit(1);
    planned.setGoalSnr(goals.snr());
    planned.setGoalEffectiveSeconds(goals.seconds());
    planned.setMinTimeFraction(goals.minTimeFraction());
    planned.setMinGoodFibres((int) Math.ceil(goals.minGoodShare() * field.targets().size()));
    planned.setPlannedExposureSeconds(visit.seconds());
    planned.setMaxExposureSeconds(goals.maxExposureSeconds());
    planned.setPlannedAt(at);
    return planned;
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}

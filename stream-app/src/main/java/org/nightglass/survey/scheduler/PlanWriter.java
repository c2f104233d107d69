package org.nightglass.survey.scheduler;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.config.NightglassConfig;
import org.nightglass.produce.RecordSender;
import org.nightglass.schemas.serde.AvroSerializer;

/** Writes visits to the plan topic, one record a target. Not thread-safe. */
public final class PlanWriter implements AutoCloseable {
  private final RecordSender<PlannedTarget> sender;
  private final Goals goals;

  /**
   * @param config of the application that the plan is for
   * @param goals of the programme
   */
  public PlanWriter(NightglassConfig config, Goals goals) {
    this.goals = goals;
    AvroSerializer<PlannedTarget> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    this.sender = new RecordSender<>(config.kafka(), serializer, config.topics().plan());
  }

  /**
   * Writes a visit and waits until the broker has it: a plan comes before what is observed by it.
   *
   * @param night YYYYMMDD
   * @param visit what is to be observed
   * @param at when it was planned
   * @throws IllegalStateException if the broker does not take it
   */
  public void write(String night, Visit visit, Instant at) {
    List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
    for (CatalogueField.Target target : visit.targets()) {
      sent.add(sender.send(night + "/" + target.id(), planned(night, visit, target, at)));
    }
    sender.flush();
    try {
      sent.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
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
    sender.close();
  }
}

package org.nightglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.schemas.serde.AvroDeserializer;

/** The loop from spectra to the scheduler and back, with every part real but the sky. */
class SurveyIT {
  private static final int FIBRES = 8;
  private static final SurveyPlan PLAN =
      new SurveyPlan(
          SimulatedSurvey.DESI,
          1,
          FIBRES,
          List.of(3L),
          List.of(FeedbackMode.NONE, FeedbackMode.LIVE));

  @TempDir Path state;

  @Test
  void shouldCloseTheLoopFromSpectraToTheNextExposure() throws InterruptedException {
    Path bundles = Path.of(System.getProperty("nightglass.home")).resolve("bundles");
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, null);
        SpectrumModel model =
            SavedModelEngine.open(
                ModelBundles.find("desi", List.of(bundles)), EngineOptions.DEFAULT)) {
      model.warmUp();
      SeedOutcome outcome =
          new Survey(PLAN, parts, model, state, Map.of(), Map.of()).run(new Silent()).get(0);

      Curve none = Objects.requireNonNull(outcome.curves().get(FeedbackMode.NONE));
      Curve live = Objects.requireNonNull(outcome.curves().get(FeedbackMode.LIVE));
      assertThat(live.targets()).isEqualTo(none.targets()).isEqualTo(outcome.fields() * FIBRES);
      assertThat(live.completeness()).isBetween(0.2, 1.0);
      assertThat(live.points().get(0)).isEqualTo(none.points().get(0));
      assertThat(live.points()).isNotEqualTo(none.points());

      // Without feedback every visit has all targets; with it those that are done get no fibre.
      assertThat(visits(parts, FeedbackMode.NONE).values()).containsOnly(FIBRES);
      assertThat(visits(parts, FeedbackMode.LIVE).values())
          .contains(FIBRES)
          .anyMatch(targets -> targets < FIBRES);
    }
  }

  private static final class Silent implements Survey.Watcher {
    @Override
    public void progress(String what, long done, long all) {
      assertThat(done).isBetween(0L, all + 1);
    }

    @Override
    public void finished(SeedOutcome outcome) {
      assertThat(outcome.curves()).hasSize(2);
    }
  }

  /** Number of targets in each visit of a field, as the plan topic has them. */
  private Map<String, Integer> visits(EmbeddedParts parts, FeedbackMode mode) {
    NightglassConfig config =
        SurveySettings.of(
            parts, PLAN.preset(), "survey-3-" + Survey.name(mode), state, Map.of(), Map.of());
    AvroDeserializer<PlannedTarget> planned = new AvroDeserializer<>(PlannedTarget.class);
    planned.configure(config.serdes(), false);
    Map<String, Integer> visits = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            new HashMap<>(config.kafka()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      String topic = config.topics().plan();
      List<TopicPartition> partitions = new ArrayList<>();
      consumer
          .partitionsFor(topic)
          .forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          PlannedTarget target = planned.deserialize(record.value());
          visits.merge(target.getFieldId() + " " + target.getPlannedAt(), 1, Integer::sum);
        }
      }
    }
    return visits;
  }
}

package org.nightglass.survey.scheduler;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;
import org.nightglass.config.NightglassConfig;
import org.nightglass.schemas.serde.AvroDeserializer;

/**
 * The latest word on every field and target, as any consumer of the compacted topics has it.
 *
 * <p>Reads only when asked to, in the thread of whoever asks. Not thread-safe; whoever opened it
 * closes it.
 */
public final class Feedback implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(50);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final AvroDeserializer<FieldProgress> fields;
  private final AvroDeserializer<TargetState> targets;
  private final String fieldTopic;
  private final Map<String, FieldProgress> progress = new HashMap<>();
  private final Map<String, TargetState> states = new HashMap<>();

  /**
   * @param config of the application whose feedback to read
   */
  public Feedback(NightglassConfig config) {
    this.fieldTopic = config.topics().fieldProgress();
    this.fields = reader(FieldProgress.class, config);
    this.targets = reader(TargetState.class, config);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    this.consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Stream.of(fieldTopic, config.topics().targetState())
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private static <T extends SpecificRecord> AvroDeserializer<T> reader(
      Class<T> type, NightglassConfig config) {
    AvroDeserializer<T> deserializer = new AvroDeserializer<>(type);
    deserializer.configure(config.serdes(), false);
    return deserializer;
  }

  /** Latest progress by field. */
  public Map<String, FieldProgress> progress() {
    return Collections.unmodifiableMap(progress);
  }

  /** Latest state by target. */
  public Map<String, TargetState> states() {
    return Collections.unmodifiableMap(states);
  }

  /**
   * Reads until an exposure has arrived whole: all of its spectra are in the field's progress, and
   * the states of the field's targets say the same as its progress.
   *
   * @param field that was exposed
   * @param exposureId of the field's latest exposure
   * @param spectra how many of it were sent
   * @param timeout after which it is given up
   * @throws FeedbackMissingException if it has not arrived by then, saying what has
   */
  public void await(CatalogueField field, String exposureId, long spectra, Duration timeout) {
    long began = System.nanoTime();
    while (!arrived(field, exposureId, spectra)) {
      if (System.nanoTime() - began > timeout.toNanos()) {
        throw new FeedbackMissingException(
            "exposure %s of field %s, %d spectra, is not in the feedback after %d s; there is: %s"
                .formatted(exposureId, field.id(), spectra, timeout.toSeconds(), said(field.id())));
      }
      poll();
    }
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      if (record.value() == null) {
        continue; // neither topic takes a key back
      }
      if (record.topic().equals(fieldTopic)) {
        FieldProgress field = fields.deserialize(record.value());
        progress.put(field.getFieldId(), field);
      } else {
        TargetState target = targets.deserialize(record.value());
        states.put(target.getTargetId(), target);
      }
    }
  }

  private boolean arrived(CatalogueField field, String exposureId, long spectra) {
    FieldProgress said = progress.get(field.id());
    return said != null
        && exposureId.equals(said.getLastExposureId())
        && said.getLastExposureSpectra() >= spectra
        && said.getGoodZ() == statesOf(field).filter(TargetState::getGoodZ).count()
        && said.getTargetsDone() == statesOf(field).filter(Feedback::wantsNoMore).count();
  }

  private Stream<TargetState> statesOf(CatalogueField field) {
    return field.targets().stream().map(t -> states.get(t.id())).filter(Objects::nonNull);
  }

  private static boolean wantsNoMore(TargetState state) {
    TargetStateName name = state.getState();
    return name == TargetStateName.DONE
        || name == TargetStateName.OBS
        || name == TargetStateName.DONOTOBSERVE;
  }

  private String said(String fieldId) {
    @Nullable FieldProgress said = progress.get(fieldId);
    return said == null
        ? "nothing of the field"
        : "exposure %s with %d spectra, %d good redshifts, %d targets done"
            .formatted(
                said.getLastExposureId(),
                said.getLastExposureSpectra(),
                said.getGoodZ(),
                said.getTargetsDone());
  }

  @Override
  public void close() {
    consumer.close();
    fields.close();
    targets.close();
  }
}

package org.nightglass.survey;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.config.NightglassConfig;
import org.nightglass.night.Mjd;
import org.nightglass.schemas.serde.AvroSerializer;

/** The observer's words on a simulated survey's nights. Not thread-safe. */
final class NightLog implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AvroSerializer<NightEvent> serializer = new AvroSerializer<>();
  private final String topic;
  private final String observatory;

  NightLog(NightglassConfig config, String observatory) {
    this.topic = config.topics().nightEvents();
    this.observatory = observatory;
    serializer.configure(config.serdes(), false);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  void opened(ObservingNight night) throws InterruptedException {
    write(night, NightEventType.OPENED, Mjd.instant(night.begin()));
  }

  void closed(ObservingNight night) throws InterruptedException {
    write(night, NightEventType.CLOSED, Mjd.instant(night.end()));
  }

  private void write(ObservingNight night, NightEventType type, Instant at)
      throws InterruptedException {
    NightEvent event = new NightEvent();
    event.setNight(night.name());
    event.setObservatory(observatory);
    event.setType(type);
    event.setAt(at);
    event.setBy("simulated observer");
    event.setPlannedEnd(Mjd.instant(night.end()));
    byte[] key = night.name().getBytes(StandardCharsets.UTF_8);
    try {
      producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, event))).get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(
          "night %s was not declared %s: %s".formatted(night.name(), type, e.getCause()),
          e.getCause());
    }
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}

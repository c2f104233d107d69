package org.nightglass.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.nightglass.app.Cluster;
import org.nightglass.app.Schemas;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.produce.SpectrumEvents;
import org.nightglass.schemas.serde.AvroSerializer;

/** A spectra topic and the way into it. Events go to its partitions in turn, so all are as long. */
final class SpectraTopic implements AutoCloseable {
  private static final int PARTITIONS = 4; // the default of topics.partitions
  private static final int MAX_REQUEST = 8 << 20;

  private final String name;
  private final SampleNight night;
  private final AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
  private final KafkaProducer<byte[], byte[]> producer;

  private SpectraTopic(NightglassConfig config, SampleNight night) {
    this.name = config.topics().spectra();
    this.night = night;
    serializer.configure(config.serdes(), false);
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    // The topic is new. Where a partition's leader is not at work yet, the first request fails; if
    // the next one is under way by then and succeeds, the first is out of order for ever after.
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    this.producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Creates the topics of an application, its spectra topic among them. */
  static SpectraTopic create(NightglassConfig config, SampleNight night) {
    prepare(config);
    return new SpectraTopic(config, night);
  }

  /** Creates the topics of an application and registers their schemas. */
  static void prepare(NightglassConfig config) {
    List<String> faults = new ArrayList<>(Cluster.prepareTopics(config));
    faults.addAll(Schemas.register(config));
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException("bench", faults);
    }
  }

  String name() {
    return name;
  }

  /** An event as bytes. */
  byte[] bytes(int index) {
    return serializer.serialize(name, SpectrumEvents.event(night.event(index)));
  }

  /** Sends one event; it leaves within milliseconds. */
  void send(int index) {
    byte[] key = SampleNight.target(index).getBytes(StandardCharsets.UTF_8);
    var unused = producer.send(new ProducerRecord<>(name, index % PARTITIONS, key, bytes(index)));
  }

  /** Sends the events {@code from} to {@code to - 1}, and returns once the broker has them all. */
  void fill(int from, int to) {
    for (int i = from; i < to; i++) {
      send(i);
    }
    producer.flush();
  }

  @Override
  public void close() {
    producer.close();
    serializer.close();
  }
}

package org.nightglass.system;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.nightglass.avro.Spectrum;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.schemas.serde.AvroDeserializer;
import org.nightglass.schemas.serde.AvroSerializer;

/**
 * Serdes of a site's own, as they would lie on its class path; they count how often they are used.
 */
public final class SiteSerdes {
  static final AtomicInteger READ = new AtomicInteger();
  static final AtomicInteger WRITTEN = new AtomicInteger();
  static volatile Object setting = "";

  private SiteSerdes() {}

  /** Reads spectra. */
  public static final class SpectrumDeserializer implements Deserializer<Spectrum> {
    private final AvroDeserializer<Spectrum> inner = new AvroDeserializer<>(Spectrum.class);

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      setting = String.valueOf(settings.get("site.setting"));
      inner.configure(settings, isKey);
    }

    @Override
    public Spectrum deserialize(String topic, byte[] data) {
      READ.incrementAndGet();
      return inner.deserialize(topic, data);
    }
  }

  /** Writes results. */
  public static final class ResultSerializer implements Serializer<SpectrumResult> {
    private final AvroSerializer<SpectrumResult> inner = new AvroSerializer<>();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      inner.configure(settings, isKey);
    }

    @Override
    public byte[] serialize(String topic, SpectrumResult result) {
      WRITTEN.incrementAndGet();
      return inner.serialize(topic, result);
    }
  }
}

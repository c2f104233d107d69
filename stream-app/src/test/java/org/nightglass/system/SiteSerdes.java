package org.nightglass.system;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.avro.specific.SpecificRecord;
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

  /** Reads what {@link ScrambledSerializer} wrote, and nothing else. */
  public static final class ScrambledDeserializer<T extends SpecificRecord>
      implements Deserializer<T> {
    private final AvroDeserializer<T> inner = new AvroDeserializer<>();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      inner.configure(settings, isKey);
    }

    @Override
    public T deserialize(String topic, byte[] data) {
      return inner.deserialize(topic, scrambled(data));
    }
  }

  /** Writes records in a form of the site's own. */
  public static final class ScrambledSerializer<T extends SpecificRecord> implements Serializer<T> {
    private final AvroSerializer<T> inner = new AvroSerializer<>();

    @Override
    public void configure(Map<String, ?> settings, boolean isKey) {
      inner.configure(settings, isKey);
    }

    @Override
    public byte[] serialize(String topic, T record) {
      return scrambled(inner.serialize(topic, record));
    }
  }

  private static byte[] scrambled(byte[] data) {
    byte[] other = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      other[i] = (byte) ~data[i];
    }
    return other;
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

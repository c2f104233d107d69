package org.nightglass.schemas.serde;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.schemas.WireFormat;
import org.nightglass.schemas.registry.RegistryException;
import org.nightglass.schemas.registry.SchemaRegistryClient;

/**
 * Writes records in the wire format. The subject of a topic's schema is {@code <topic>-value} or
 * {@code <topic>-key} (Confluent's TopicNameStrategy, the only one supported).
 *
 * <p>Safe for use by several threads once configured.
 *
 * @param <T> a class generated from an Avro schema
 */
public final class AvroSerializer<T extends SpecificRecord> implements Serializer<T> {
  private @Nullable SchemaRegistryClient registry;
  private boolean autoRegister = true;
  private boolean isKey;
  private final Map<String, Writer> writers = new ConcurrentHashMap<>();

  /** Size of the record written last: a guess for the next one's buffer, no more. */
  private volatile int lastSize = 1024;

  /** For Kafka, which makes it by class name and then calls {@link #configure}. */
  public AvroSerializer() {}

  /** Writes values with a client of the registry at hand, registering schemas; ready for use. */
  public AvroSerializer(SchemaRegistryClient registry) {
    this.registry = registry;
  }

  /**
   * @throws ConfigException naming every fault at once
   */
  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    SerdeConfig config = SerdeConfig.from(settings, isKey);
    this.autoRegister = config.autoRegister();
    this.isKey = isKey;
    if (registry == null) {
      registry = new SchemaRegistryClient(config.registry());
    }
  }

  /**
   * @param record null, a tombstone, gives null
   * @throws SerializationException if the record lacks a required field
   * @throws RegistryException if the schema's id cannot be had
   */
  @Override
  @SuppressWarnings("NullAway") // Kafka's interface passes null on and is not annotated
  public byte[] serialize(String topic, @Nullable T record) {
    if (record == null) {
      return null;
    }
    Writer writer = writer(topic, record);
    ByteArrayOutputStream out = new ByteArrayOutputStream(lastSize);
    out.writeBytes(writer.header());
    try {
      // The direct encoder hands large bytes fields on whole instead of through a buffer.
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
      writer.datumWriter().write(record, encoder);
    } catch (IOException | RuntimeException e) {
      throw new SerializationException(
          "%s for topic %s: %s".formatted(writer.schema().getFullName(), topic, e.getMessage()), e);
    }
    lastSize = out.size();
    return out.toByteArray();
  }

  @SuppressWarnings(
      "ReferenceEquality") // a class has one schema object; comparing it whole is slow
  private Writer writer(String topic, T record) {
    Writer writer = writers.get(topic);
    if (writer == null || writer.schema() != record.getSchema()) {
      writer = makeWriter(topic, record);
      writers.put(topic, writer);
    }
    return writer;
  }

  private Writer makeWriter(String topic, T record) {
    if (registry == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    TrustedClasses.trust(record.getClass());
    Schema schema = record.getSchema();
    Schema published = PublishedSchema.of(schema);
    String subject = SerdeConfig.subject(topic, isKey);
    int id =
        autoRegister ? registry.register(subject, published) : registry.lookup(subject, published);
    SpecificData data = SpecificData.getForClass(record.getClass());
    return new Writer(
        schema, WireFormat.header(id), new SpecificDatumWriter<SpecificRecord>(schema, data));
  }

  /** What is needed to write one schema to one topic. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Writer(
      Schema schema, byte[] header, SpecificDatumWriter<SpecificRecord> datumWriter) {}
}

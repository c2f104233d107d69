package org.nightglass.schemas.serde;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.data.TimeConversions;
import org.apache.avro.io.DatumReader;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.schemas.WireFormat;
import org.nightglass.schemas.WireFormat.WireFormatException;
import org.nightglass.schemas.registry.RegistryException;
import org.nightglass.schemas.registry.SchemaRegistryClient;
import org.nightglass.schemas.registry.UnusableSchemaException;
import org.nightglass.schemas.serde.AvroDecodingException.Failure;
import org.nightglass.schemas.serde.SchemaGuard.IncompatibleException;

/**
 * Reads records of the wire format, whatever version of the schema they were written with. Bytes
 * may be hostile: see {@link BoundedDecoder}.
 *
 * <p>Safe for use by several threads once configured: Kafka Streams hands one instance to all of
 * its threads.
 *
 * @param <T> the class generated from the reader's schema
 */
public final class AvroDeserializer<T extends SpecificRecord> implements Deserializer<T> {
  private @Nullable Class<T> type;
  private @Nullable SchemaRegistryClient registry;
  private @Nullable Schema readerSchema;

  /** Of this instance alone, whose lock guards its reader builder: see {@link #resolve}. */
  private final SpecificData data = withTimes();

  /** By writer's schema id; a schema that cannot be read is an outcome worth keeping, too. */
  private final Map<Integer, Outcome<T>> readers = new ConcurrentHashMap<>();

  /**
   * Generated classes bring the conversion of a field that is a timestamp, but not that of one that
   * is null or a timestamp; for these Avro asks here.
   */
  private static SpecificData withTimes() {
    SpecificData data = new SpecificData();
    data.addLogicalTypeConversion(new TimeConversions.TimestampMillisConversion());
    data.addLogicalTypeConversion(new TimeConversions.TimestampMicrosConversion());
    return data;
  }

  /** For Kafka, which makes it by class name and then calls {@link #configure}. */
  public AvroDeserializer() {}

  /** Reads {@code type}; to be configured. */
  public AvroDeserializer(Class<T> type) {
    setType(type);
  }

  /** Reads {@code type} with a client of the registry at hand; ready for use. */
  public AvroDeserializer(Class<T> type, SchemaRegistryClient registry) {
    setType(type);
    this.registry = registry;
  }

  /**
   * @throws ConfigException naming every fault at once
   */
  @Override
  public void configure(Map<String, ?> settings, boolean isKey) {
    SerdeConfig config = SerdeConfig.from(settings, isKey);
    if (type == null) {
      if (config.type() == null) {
        throw new ConfigException(
            (isKey ? SerdeConfig.SPECIFIC_AVRO_KEY_TYPE : SerdeConfig.SPECIFIC_AVRO_VALUE_TYPE)
                + " must name the class to read");
      }
      @SuppressWarnings("unchecked") // the caller names T in the settings
      Class<T> named = (Class<T>) config.type();
      setType(named);
    }
    if (registry == null) {
      registry = new SchemaRegistryClient(config.registry());
    }
  }

  private void setType(Class<T> type) {
    TrustedClasses.trust(type);
    this.type = type;
    this.readerSchema = data.getSchema(type);
  }

  /**
   * @param value a record's value or key; null, a tombstone, gives null
   * @throws AvroDecodingException if no record can be read, saying whose fault that is
   */
  @Override
  @SuppressWarnings("NullAway") // Kafka's interface passes null on and is not annotated
  public T deserialize(@Nullable String topic, byte @Nullable [] value) {
    return value == null ? null : deserialize(value);
  }

  /**
   * Reads a record without Kafka.
   *
   * @param value a whole record, header included; not changed, and not kept
   * @throws AvroDecodingException if no record can be read, saying whose fault that is
   */
  public T deserialize(byte[] value) {
    int id = schemaId(value);
    DatumReader<T> reader = reader(id);
    BoundedDecoder decoder = new BoundedDecoder(value, WireFormat.HEADER_BYTES);
    T result;
    try {
      result = reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      // Avro answers bad bytes with exceptions of many kinds, IndexOutOfBounds among them.
      throw malformed(value, id, e.getMessage() == null ? e.toString() : e.getMessage(), e);
    }
    if (decoder.left() > 0) {
      throw malformed(value, id, decoder.left() + " bytes are left over", null);
    }
    return result;
  }

  private static int schemaId(byte[] value) {
    try {
      return WireFormat.schemaId(value);
    } catch (WireFormatException e) {
      throw new AvroDecodingException(Failure.NOT_WIRE_FORMAT, String.valueOf(e.getMessage()), e);
    }
  }

  private DatumReader<T> reader(int id) {
    Outcome<T> outcome = readers.get(id);
    if (outcome == null) {
      // Not in computeIfAbsent, which would block other threads for the whole call.
      outcome = makeReader(id);
      readers.put(id, outcome);
    }
    if (outcome.reader() == null) {
      throw new AvroDecodingException(
          Failure.INCOMPATIBLE_SCHEMA, "Schema id " + id + ": " + outcome.fault(), null);
    }
    return outcome.reader();
  }

  private Outcome<T> makeReader(int id) {
    SchemaRegistryClient client = registry;
    Schema reader = readerSchema;
    if (client == null || reader == null) {
      throw new IllegalStateException("configure() has not been called");
    }
    try {
      return resolve(fetch(id, client), reader);
    } catch (UnusableSchemaException e) {
      return new Outcome<>(null, String.valueOf(e.getMessage()));
    }
  }

  private static Schema fetch(int id, SchemaRegistryClient client) {
    try {
      return client.schemaById(id);
    } catch (RegistryException.NotFound e) {
      throw new AvroDecodingException(
          Failure.UNKNOWN_SCHEMA, "Schema id " + id + " is not known to the registry", e);
    } catch (RegistryException.Unavailable e) {
      throw new AvroDecodingException(
          Failure.REGISTRY_UNAVAILABLE, "Schema id " + id + ": " + e.getMessage(), e);
    } catch (RegistryException.Refused e) {
      throw new AvroDecodingException(
          Failure.REGISTRY_REFUSED, "Schema id " + id + ": " + e.getMessage(), e);
    }
  }

  /** One at a time: Avro's reader builder keeps a cache that two threads must not fill at once. */
  private synchronized Outcome<T> resolve(Schema writer, Schema reader) {
    try {
      SchemaGuard.check(writer, reader);
      return new Outcome<>(data.getFastReaderBuilder().createDatumReader(writer, reader), null);
    } catch (IncompatibleException | AvroRuntimeException | IOException e) {
      return new Outcome<>(null, String.valueOf(e.getMessage()));
    }
  }

  private static AvroDecodingException malformed(
      byte[] value, int id, String fault, @Nullable Throwable cause) {
    return new AvroDecodingException(
        Failure.MALFORMED,
        "%d bytes with schema id %d: %s".formatted(value.length, id, fault),
        cause);
  }

  /** Either a reader or the reason why there is none. */
  private record Outcome<T>(@Nullable DatumReader<T> reader, @Nullable String fault) {}
}

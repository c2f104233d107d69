package org.nightglass.serve.read;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/**
 * Records as the store holds them: Avro's binary form in this program's own version of the schema.
 * A store written with other versions is not read (see {@link Origin}).
 *
 * <p>Safe for use by several threads.
 */
final class Records<T extends SpecificRecord> {
  private final Schema schema;
  private final SpecificData data;
  private final SpecificDatumWriter<T> writer;

  /** Readers keep state of their own while they read. */
  private final ThreadLocal<SpecificDatumReader<T>> reader;

  Records(Class<T> type) {
    this.data = SpecificData.getForClass(type);
    this.schema = data.getSchema(type);
    this.writer = new SpecificDatumWriter<>(schema, data);
    this.reader = ThreadLocal.withInitial(() -> new SpecificDatumReader<>(schema, schema, data));
  }

  byte[] write(T value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(out, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  T read(byte[] bytes) {
    try {
      return reader.get().read(null, DecoderFactory.get().binaryDecoder(bytes, null));
    } catch (IOException e) {
      throw new UncheckedIOException("the read model's store is damaged: " + e.getMessage(), e);
    }
  }
}

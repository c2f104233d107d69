package org.nightglass.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Records of the account as bytes, for state stores and internal topics: Jackson's Smile, fields by
 * position. A record may grow at its end; older bytes then lack the new fields, which read as null
 * or 0.
 *
 * @param <T> type of the records
 */
public final class StateCodec<T> {
  private static final SmileMapper MAPPER =
      SmileMapper.builder().disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build();

  private final ObjectWriter writer;
  private final ObjectReader reader;

  public StateCodec(Class<T> type) {
    writer = MAPPER.writerFor(type);
    reader = MAPPER.readerFor(type);
  }

  public byte[] encode(T value) {
    try {
      return writer.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value, e);
    }
  }

  /**
   * @throws UncheckedIOException if the bytes are no such record
   */
  public T decode(byte[] bytes) {
    try {
      return reader.readValue(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("state of another kind or version", e);
    }
  }
}

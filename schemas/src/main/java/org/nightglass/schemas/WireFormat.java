package org.nightglass.schemas;

import java.nio.ByteBuffer;

/**
 * Confluent's wire format: the byte 0, the id of the writer's schema as four bytes big-endian, then
 * the Avro binary encoding.
 */
public final class WireFormat {
  /** First byte of every record. */
  public static final byte MAGIC = 0;

  /** Bytes before the Avro encoding. */
  public static final int HEADER_BYTES = 5;

  private WireFormat() {}

  /** The header for a schema id, {@value #HEADER_BYTES} bytes. */
  public static byte[] header(int schemaId) {
    return ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).putInt(schemaId).array();
  }

  /** Puts the header before an Avro encoding. */
  public static byte[] frame(int schemaId, byte[] payload) {
    return ByteBuffer.allocate(HEADER_BYTES + payload.length)
        .put(MAGIC)
        .putInt(schemaId)
        .put(payload)
        .array();
  }

  /**
   * The schema id of a record; its Avro encoding starts at byte {@value #HEADER_BYTES}.
   *
   * @throws WireFormatException if the bytes cannot be a record of this format
   */
  public static int schemaId(byte[] value) {
    if (value.length < HEADER_BYTES) {
      throw new WireFormatException(
          "%d bytes are too few: the wire format's header alone has %d"
              .formatted(value.length, HEADER_BYTES));
    }
    if (value[0] != MAGIC) {
      throw new WireFormatException(
          "first byte is 0x%02x, the wire format starts with 0x%02x"
              .formatted(value[0] & 0xff, MAGIC));
    }
    int id = ByteBuffer.wrap(value).getInt(1);
    if (id < 0) {
      throw new WireFormatException("schema id is " + id + ", ids are not negative");
    }
    return id;
  }

  /** Bytes that are no record of the wire format. */
  public static final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WireFormatException(String message) {
      super(message);
    }
  }
}

package org.nightglass.schemas.serde;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.Decoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Avro's binary decoder that believes no length or count which the rest of the message cannot hold,
 * and looks before it allocates. For one message and one thread.
 *
 * <p>Avro 1.12.2 has limits of its own, but as system properties of the whole JVM; it passes over
 * negative lengths of skipped fields, and bounds array counts by the <em>reader's</em> element
 * size, which refuses good records that were written with smaller elements (float where the reader
 * has double, or before a field with a default was added). So that bound is switched off here
 * ({@link #remainingBytes()} says "not known") in favour of this one:
 *
 * <ul>
 *   <li>a {@code bytes} or {@code string} is at most as long as what remains;
 *   <li>all array and map items of the message together are at most as many as its bytes, since an
 *       item takes at least one byte. Items of no size (arrays of {@code null}) are thereby
 *       bounded, too;
 *   <li>and at most {@value #MAX_ITEMS}, since a decoded item can take fifty times its encoded
 *       size.
 * </ul>
 */
final class BoundedDecoder extends Decoder {
  /** A spectrum has three arms, a result some twenty classes and ten members. */
  static final int MAX_ITEMS = 65_536;

  private final BinaryDecoder in;

  /** How many further items of arrays and maps the message may claim. */
  private long itemsLeft;

  BoundedDecoder(byte[] message, int offset) {
    int length = message.length - offset;
    this.in = DecoderFactory.get().binaryDecoder(message, offset, length, null);
    this.itemsLeft = Math.min(length, MAX_ITEMS);
  }

  /** Bytes not read yet. */
  int left() {
    return in.remainingBytes();
  }

  @Override
  public int remainingBytes() {
    return -1;
  }

  private int length(String what) throws IOException {
    long length = in.readLong();
    if (length < 0 || length > left()) {
      throw new MalformedException(
          "%s claims a length of %d bytes, %d remain".formatted(what, length, left()));
    }
    return (int) length;
  }

  /** Reads a block's count, and its size where that is given, without reading its items. */
  private long readBlock() throws IOException {
    long count = in.readLong();
    if (count >= 0) {
      return claim(count);
    }
    length("a block");
    return claim(-count);
  }

  /** Passes over blocks that give their size; returns the count of the first that does not. */
  private long skipBlocks() throws IOException {
    long count = in.readLong();
    while (count < 0) {
      claim(-count);
      in.skipFixed(length("a block"));
      count = in.readLong();
    }
    return claim(count);
  }

  private long claim(long count) {
    // Negating the least long leaves it negative.
    if (count < 0 || count > itemsLeft) {
      throw new MalformedException(
          "a block claims %d items, the message can hold %d more".formatted(count, itemsLeft));
    }
    itemsLeft -= count;
    return count;
  }

  @Override
  public Utf8 readString(@Nullable Utf8 old) throws IOException {
    Utf8 result = old == null ? new Utf8() : old;
    int length = length("a string");
    result.setByteLength(length);
    in.readFixed(result.getBytes(), 0, length);
    return result;
  }

  @Override
  public String readString() throws IOException {
    return readString(new Utf8()).toString();
  }

  @Override
  public void skipString() throws IOException {
    in.skipFixed(length("a string"));
  }

  @Override
  public ByteBuffer readBytes(@Nullable ByteBuffer old) throws IOException {
    byte[] bytes = new byte[length("a bytes field")];
    in.readFixed(bytes);
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void skipBytes() throws IOException {
    in.skipFixed(length("a bytes field"));
  }

  @Override
  public long readArrayStart() throws IOException {
    return readBlock();
  }

  @Override
  public long arrayNext() throws IOException {
    return readBlock();
  }

  @Override
  public long skipArray() throws IOException {
    return skipBlocks();
  }

  @Override
  public long readMapStart() throws IOException {
    return readBlock();
  }

  @Override
  public long mapNext() throws IOException {
    return readBlock();
  }

  @Override
  public long skipMap() throws IOException {
    return skipBlocks();
  }

  @Override
  public void readNull() throws IOException {
    in.readNull();
  }

  @Override
  public boolean readBoolean() throws IOException {
    return in.readBoolean();
  }

  @Override
  public int readInt() throws IOException {
    return in.readInt();
  }

  @Override
  public long readLong() throws IOException {
    return in.readLong();
  }

  @Override
  public float readFloat() throws IOException {
    return in.readFloat();
  }

  @Override
  public double readDouble() throws IOException {
    return in.readDouble();
  }

  @Override
  public void readFixed(byte[] bytes, int start, int length) throws IOException {
    in.readFixed(bytes, start, length);
  }

  @Override
  public void skipFixed(int length) throws IOException {
    in.skipFixed(length);
  }

  @Override
  public int readEnum() throws IOException {
    return in.readEnum();
  }

  @Override
  public int readIndex() throws IOException {
    return in.readIndex();
  }

  /** A length or count that the message cannot hold. */
  static final class MalformedException extends AvroRuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }
}

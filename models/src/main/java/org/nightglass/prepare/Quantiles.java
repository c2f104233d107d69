package org.nightglass.prepare;

/**
 * Order statistics without sorting.
 *
 * <p>Thousands of values are first counted into buckets by their leading bits, and only the bucket
 * that holds the median is looked at further, where it is still large by its next bits: a tenth of
 * the time of searching all, whose branches no processor can predict.
 */
final class Quantiles {
  private static final int WORTH_COUNTING = 256;
  private static final int BITS = 13;
  private static final int BUCKETS = 1 << BITS;

  private Quantiles() {}

  /**
   * Median of the first {@code count} values; of an even number the mean of the middle two.
   *
   * @param values used up: others stand there on return; no NaN
   * @param count at least 1
   */
  static double medianOf(float[] values, int count) {
    int left = count;
    int rank = count / 2;
    boolean odd = count % 2 == 1;
    for (int shift = Integer.SIZE - BITS; shift > 0 && left > WORTH_COUNTING; shift -= BITS) {
      int[] sizes = new int[BUCKETS];
      for (int i = 0; i < left; i++) {
        sizes[bucket(values[i], shift)]++;
      }
      int bucket = 0;
      int before = 0;
      while (before + sizes[bucket] <= rank) {
        before += sizes[bucket++];
      }
      if (!odd && rank == before) {
        break; // the middle two lie in different buckets
      }
      left = gather(values, left, bucket, shift);
      rank -= before;
    }
    return middle(values, left, rank, odd);
  }

  /**
   * Puts the values of a bucket first.
   *
   * @return how many there are
   */
  private static int gather(float[] values, int count, int bucket, int shift) {
    int end = 0;
    for (int i = 0; i < count; i++) {
      float value = values[i];
      values[end] = value; // always, then there is no branch to foresee
      end += bucket(value, shift) == bucket ? 1 : 0;
    }
    return end;
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

  /** Bits of the value, from {@code shift} on, that rise with it: at first sign and exponent. */
  private static int bucket(float value, int shift) {
    int bits = Float.floatToRawIntBits(value);
    int rising = bits ^ ((bits >> 31) & Integer.MAX_VALUE) ^ Integer.MIN_VALUE;
    return (rising >>> shift) & (BUCKETS - 1);
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

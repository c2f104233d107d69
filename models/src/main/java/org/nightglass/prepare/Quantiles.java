package org.nightglass.prepare;

/** Order statistics without sorting. */
final class Quantiles {
  private Quantiles() {}

  /**
   * Median of the first {@code count} values; of an even number the mean of the middle two.
   *
   * @param values reordered on return; no NaN
   * @param count at least 1
   */
  static double medianOf(float[] values, int count) {
    int middle = count / 2;
    select(values, count, middle);
    if (count % 2 == 1) {
      return values[middle];
    }
    float below = values[0];
    for (int i = 1; i < middle; i++) {
      below = Math.max(below, values[i]);
    }
    return 0.5 * ((double) below + values[middle]);
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

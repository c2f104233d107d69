package org.nightglass.infer;

import java.util.List;

/**
 * Into which of the allowed batch sizes a number of rows is cut.
 *
 * <p>Padding costs as much as real rows: 150 rows in one batch of 256 are two fifths waste, and the
 * rows of one class are always an odd number. So they are cut into full batches, and only what is
 * left is padded, where the rows saved are worth another run: 150 = 128 + 22, padded to 16 + 8.
 */
final class BatchSizes {
  /**
   * What a run costs beside its rows, in rows. Measured of {@code sdss13/8} on one core: galaxies'
   * ensemble 4 ms a run and 0.43 ms a row, stars' 1.4 and 0.37, the classifier next to nothing and
   * 0.1 ms. The engine is as fast with 8 instead.
   */
  private static final int RUN_COST = 3;

  private final int largest;
  private final int[] first;

  /**
   * @param allowed rising sizes, at least one
   */
  BatchSizes(List<Integer> allowed) {
    this.largest = allowed.get(allowed.size() - 1);
    this.first = new int[largest + 1];
    int[] cost = new int[largest + 1];
    for (int rows = 1; rows <= largest; rows++) {
      cost[rows] = Integer.MAX_VALUE;
      // Larger sizes first: on a tie fewer runs are better.
      for (int i = allowed.size() - 1; i >= 0; i--) {
        int size = allowed.get(i);
        int with = RUN_COST + size + (size < rows ? cost[rows - size] : 0);
        if (with < cost[rows]) {
          cost[rows] = with;
          first[rows] = size;
        }
      }
    }
  }

  /**
   * The size of the batch to run next; less than {@code rows} if they need more than one.
   *
   * @param rows how many are left, at least 1
   */
  int next(int rows) {
    return rows >= largest ? largest : first[rows];
  }
}

package org.nightglass.prepare;

/**
 * Sums over any stretch of a spectrum's good pixels, each as a difference of two sums from the left
 * end.
 *
 * <p>A pixel is good where ivar is above 0; a pair is two good neighbours. Sums are in double
 * precision: over thousands of pixels in single precision a difference is right to 1e-12 of the
 * whole sum.
 */
final class RunningSums {
  private final double[] flux;
  private final double[] differences;
  private final int[] good;
  private final int[] pairs;

  private RunningSums(int pixels) {
    flux = new double[pixels + 1];
    differences = new double[pixels + 1];
    good = new int[pixels + 1];
    pairs = new int[pixels + 1];
  }

  /** Sums along a spectrum; element i of each array is over the pixels before i. */
  static RunningSums of(float[] flux, float[] ivar) {
    RunningSums sums = new RunningSums(flux.length);
    double fluxSum = 0;
    double differenceSum = 0;
    int goodCount = 0;
    int pairCount = 0;
    boolean before = false;
    for (int i = 0; i < flux.length; i++) {
      boolean now = ivar[i] > 0;
      if (now) {
        fluxSum += flux[i];
        goodCount++;
        if (before) {
          differenceSum += Math.abs((double) flux[i] - flux[i - 1]);
          pairCount++;
        }
      }
      before = now;
      sums.flux[i + 1] = fluxSum;
      sums.differences[i + 1] = differenceSum;
      sums.good[i + 1] = goodCount;
      sums.pairs[i + 1] = pairCount;
    }
    return sums;
  }

  /** Sum of the flux of the good pixels from {@code from} to before {@code to}. */
  double flux(int from, int to) {
    return flux[to] - flux[from];
  }

  /** How many good pixels there are. */
  int good(int from, int to) {
    return good[to] - good[from];
  }

  /** Sum of |fᵢ − fᵢ₋₁| over the pairs that lie within the stretch; there is at least one pixel. */
  double differences(int from, int to) {
    return differences[to] - differences[from + 1];
  }

  /** How many pairs there are. */
  int pairs(int from, int to) {
    return pairs[to] - pairs[from + 1];
  }
}

package org.nightglass.account;

/**
 * Bins of equal width in the logarithm, a hundred to the decade: a bin's centre lies within 1.2 %
 * of everything in it. Binned values can be added and taken out again exactly, which a sketch of
 * quantiles cannot.
 */
final class LogBins {
  /** Holds what has no logarithm; its centre is 0. */
  static final int NOT_POSITIVE = -2000;

  private static final double PER_DECADE = 100;
  private static final int GREATEST = 2000;

  private LogBins() {}

  /** The bin of a value; NaN counts as not positive. */
  static int bin(double value) {
    if (!(value > 0)) {
      return NOT_POSITIVE;
    }
    long bin = (long) Math.floor(Math.log10(value) * PER_DECADE);
    return (int) Math.max(NOT_POSITIVE + 1, Math.min(GREATEST, bin));
  }

  /** The value in the middle of a bin. */
  static double centre(int bin) {
    return bin == NOT_POSITIVE ? 0 : Math.pow(10, (bin + 0.5) / PER_DECADE);
  }
}

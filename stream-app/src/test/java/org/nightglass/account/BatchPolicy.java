package org.nightglass.account;

import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;

/**
 * What {@link Histories#POLICIES} say, written out by hand.
 *
 * @param minProbability of the class
 * @param minSnr of a good redshift
 * @param goodQuasar observations that a good quasar deserves; 0 = as planned
 * @param failedQuasar observations after which a failed quasar is given up
 */
record BatchPolicy(double minProbability, double minSnr, int goodQuasar, int failedQuasar) {
  private static final int FAILED = 2;
  private static final double MAX_RELATIVE_ERROR = 0.005;
  private static final int[] UNUSABLE = {0, 1, 7};
  private static final int OUT_OF_DISTRIBUTION = 6;

  static BatchPolicy of(String programme) {
    return switch (programme) {
      case "dark" -> new BatchPolicy(0.9, 0.5, 3, 4);
      case "bright" -> new BatchPolicy(0.8, 1, 0, FAILED);
      default -> new BatchPolicy(0.9, 0.5, 0, FAILED);
    };
  }

  static boolean usable(SpectrumResult spectrum) {
    for (int bit : UNUSABLE) {
      if ((spectrum.getWarningBits() & 1L << bit) != 0) {
        return false;
      }
    }
    return true;
  }

  boolean classified(SpectrumResult spectrum) {
    return usable(spectrum) && spectrum.getClassProbability() >= minProbability;
  }

  boolean good(SpectrumResult spectrum) {
    return classified(spectrum)
        && spectrum.getSnr() >= minSnr
        && (spectrum.getWarningBits() & 1L << OUT_OF_DISTRIBUTION) == 0
        && (spectrum.getClassLabel().startsWith("STAR") || redshiftGood(spectrum));
  }

  private static boolean redshiftGood(SpectrumResult spectrum) {
    Double z = spectrum.getZ();
    Double error = spectrum.getZErr();
    return z != null
        && error != null
        && spectrum.getGoodZ()
        && error / (1 + z) <= MAX_RELATIVE_ERROR;
  }

  /** Observations that a target deserves. */
  int wanted(boolean good, @Nullable String label, int planned) {
    boolean quasar = "QSO".equals(label);
    if (good) {
      return quasar && goodQuasar > 0 ? goodQuasar : planned;
    }
    return quasar ? failedQuasar : FAILED;
  }
}

package org.nightglass.bench;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;

/**
 * How far two programs say the same of the same spectra; if they do not, they cannot be compared.
 *
 * @param spectra how many were compared
 * @param sameClass share with the same class
 * @param sameRedshift share whose redshifts, |Δz| / (1 + z), are within {@value #CLOSE}
 * @param sameWithinErrors share whose redshifts are within a tenth of their error of each other
 * @param medianDifference median of |Δz| / (1 + z)
 * @param sameError share whose errors of z are within a hundredth of each other
 */
record Agreement(
    int spectra,
    double sameClass,
    double sameRedshift,
    double sameWithinErrors,
    double medianDifference,
    double sameError) {
  private static final double CLOSE = 1e-5;
  private static final double OF_ERROR = 0.01;
  private static final double TENTH = 0.1;

  /** What both must say of all but two spectra in a hundred. */
  private static final double LEAST = 0.98;

  /**
   * @param ours by target
   * @param theirs by target, of the same targets
   */
  static Agreement of(Map<String, SpectrumResult> ours, Map<String, SpectrumResult> theirs) {
    if (!ours.keySet().equals(theirs.keySet())) {
      throw new IllegalStateException(
          "%d and %d targets, and not the same ones".formatted(ours.size(), theirs.size()));
    }
    int sameClass = 0;
    int sameRedshift = 0;
    int sameError = 0;
    int sameWithinErrors = 0;
    double[] differences = new double[ours.size()];
    int i = 0;
    for (Map.Entry<String, SpectrumResult> one : ours.entrySet()) {
      SpectrumResult a = one.getValue();
      SpectrumResult b = Objects.requireNonNull(theirs.get(one.getKey()));
      sameClass += a.getClassLabel().equals(b.getClassLabel()) ? 1 : 0;
      differences[i] = difference(a.getZ(), b.getZ());
      Double error = a.getZErr();
      double allowed = error == null ? 0 : TENTH * error / (1 + a.getZ());
      sameWithinErrors += differences[i] <= allowed ? 1 : 0;
      sameRedshift += differences[i++] <= CLOSE ? 1 : 0;
      sameError += sameError(a.getZErr(), b.getZErr()) ? 1 : 0;
    }
    Arrays.sort(differences);
    double n = differences.length;
    return new Agreement(
        differences.length,
        sameClass / n,
        sameRedshift / n,
        sameWithinErrors / n,
        differences[differences.length / 2],
        sameError / n);
  }

  /** 0 where neither gives a redshift, infinite where one does. */
  private static double difference(@Nullable Double a, @Nullable Double b) {
    if (a == null || b == null) {
      return Objects.equals(a, b) ? 0 : Double.POSITIVE_INFINITY;
    }
    return Math.abs(a - b) / (1 + a);
  }

  private static boolean sameError(@Nullable Double a, @Nullable Double b) {
    return a == null || b == null ? Objects.equals(a, b) : Math.abs(a - b) <= OF_ERROR * a;
  }

  /**
   * @param sameArithmetic whether both round alike; else redshifts may differ by a tenth of their
   *     errors
   * @throws IllegalStateException if too many classes or redshifts differ
   */
  void require(boolean sameArithmetic) {
    if (sameClass < LEAST || (sameArithmetic ? sameRedshift : sameWithinErrors) < LEAST) {
      throw new IllegalStateException("they do not say the same: " + this);
    }
  }

  void addTo(Figures figures, String row) {
    figures.put("same_class." + row, sameClass);
    figures.put("same_z_within_1e-5." + row, sameRedshift);
    figures.put("same_z_within_tenth_of_error." + row, sameWithinErrors);
    figures.put("same_z_err_within_1_percent." + row, sameError);
    figures.put("median_z_difference_1e-9." + row, medianDifference * 1e9);
  }
}

package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/**
 * What a bundle in the making says of a simulated spectrum.
 *
 * @param truth what it is
 * @param snr its median signal-to-noise ratio
 * @param said index of the class
 * @param family of that class
 * @param probability of that family
 * @param outlier probability of being no source
 * @param doubted whether all ensembles were asked
 * @param estimate by the family's ensemble; null where it has none
 */
record Verdict(
    Truth truth,
    double snr,
    int said,
    SourceClass family,
    double probability,
    double outlier,
    boolean doubted,
    @Nullable RedshiftEstimate estimate) {

  /**
   * What a spectrum is.
   *
   * @param family null for what is no source
   * @param label by SDSS's rules; of what is no source, the name of its kind
   * @param classes those of the bundle that it belongs to
   * @param z redshift
   */
  @SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
  record Truth(@Nullable SourceClass family, String label, int[] classes, double z) {}

  /**
   * Whether family and redshift are right: within 0.003 for galaxies and stars, 0.01 for quasars.
   */
  boolean right() {
    return estimate != null && family == truth.family && Math.abs(dz()) <= tolerance(family);
  }

  /** Greatest |dz|/(1+z) of a family's redshifts that are right. */
  static double tolerance(SourceClass family) {
    return family == SourceClass.QSO ? 0.01 : 0.003;
  }

  /** Whether the class is one of those that the spectrum belongs to. */
  boolean classRight() {
    for (int own : truth.classes) {
      if (own == said) {
        return true;
      }
    }
    return false;
  }

  /** (z_ml − z)/(1 + z). */
  double dz() {
    return estimate == null ? Double.NaN : (estimate.z() - truth.z) / (1 + truth.z);
  }

  /** Greatest difference between members' z, over 1+z. */
  double spread() {
    if (estimate == null) {
      return Double.MAX_VALUE;
    }
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (double member : estimate.memberZ()) {
      low = Math.min(low, member);
      high = Math.max(high, member);
    }
    return (high - low) / Math.max(1 + estimate.z(), 1e-6);
  }

  /** Probability within the main peak; 1 for networks of points, which have none. */
  double peak() {
    Double peak = estimate == null ? null : estimate.peakProbability();
    return peak == null ? 1 : peak;
  }
}

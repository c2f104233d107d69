package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/**
 * What a bundle in the making says of a simulated spectrum.
 *
 * @param truth its class; null for empty sky
 * @param z its redshift
 * @param snr its median signal-to-noise ratio
 * @param said the most probable class
 * @param probability of that class
 * @param estimate by that class's ensemble; null where it has none
 */
record Verdict(
    @Nullable SourceClass truth,
    double z,
    double snr,
    SourceClass said,
    double probability,
    @Nullable RedshiftEstimate estimate) {

  /** Whether class and redshift are right: within 0.003 for galaxies, 0.01 for quasars. */
  boolean right() {
    return estimate != null
        && said == truth
        && Math.abs(dz()) <= (said == SourceClass.QSO ? 0.01 : 0.003);
  }

  /** (z_ml − z)/(1 + z). */
  double dz() {
    return estimate == null ? Double.NaN : (estimate.z() - z) / (1 + z);
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

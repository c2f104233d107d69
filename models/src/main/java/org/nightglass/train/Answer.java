package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/**
 * What an ensemble says of a spectrum whose redshift is known.
 *
 * @param family what the spectrum is
 * @param z its redshift
 * @param snr its median signal-to-noise ratio
 * @param estimate the ensemble's
 * @param distribution the mean of the members' distributions; null of networks that give points
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
record Answer(
    SourceClass family,
    double z,
    double snr,
    RedshiftEstimate estimate,
    double @Nullable [] distribution) {

  /** (z_ml − z)/(1 + z). */
  double dz() {
    return (estimate.z() - z) / (1 + z);
  }

  /** Whether the redshift is right, as its family's are. */
  boolean right() {
    return Math.abs(dz()) <= Verdict.tolerance(family);
  }

  /** The error as it stands, in units of dz/(1+z). */
  double error() {
    return estimate.zErr() / (1 + estimate.z());
  }

  /** (z_ml − z) over its error. */
  double pull() {
    return (estimate.z() - z) / estimate.zErr();
  }
}

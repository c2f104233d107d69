package org.nightglass.survey.scheduler;

/**
 * What a programme wants of its fields, and what it expects of an exposure.
 *
 * @param survey name, as in events
 * @param programme name, as in events
 * @param snr goal for the median S/N per pixel
 * @param seconds goal for the effective exposure time, seconds: what reaches {@code snr} at the
 *     zenith of a dark and clear night
 * @param minTimeFraction fraction of it from which a field is done, 0 to 1
 * @param minGoodShare share of a field's fibres that must be good for it to be done, 0 to 1
 * @param maxExposureSeconds longest single exposure, seconds
 * @param overheadSeconds slew and readout between exposures, seconds
 * @param ceiling share of targets that ever get a redshift, as expected before the survey
 * @param scale effective-time fraction in which all but 1/e of those get it, as expected before
 */
public record Goals(
    String survey,
    String programme,
    double snr,
    double seconds,
    double minTimeFraction,
    double minGoodShare,
    double maxExposureSeconds,
    double overheadSeconds,
    double ceiling,
    double scale) {

  /** Share of targets expected to have a good redshift at an effective-time fraction. */
  double expectedYield(double fraction) {
    return ceiling * (1 - Math.exp(-fraction / scale));
  }
}

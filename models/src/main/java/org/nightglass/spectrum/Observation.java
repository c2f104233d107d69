package org.nightglass.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * What was observed, when and where: everything a spectrum says of itself but its pixels.
 *
 * @param spectrumId unique name of this spectrum
 * @param targetId unique name of the target; the key of every Nightglass topic of spectra
 * @param kind what the fibre was put on
 * @param survey survey or instrument, for instance {@code sdss}, {@code desi}
 * @param programme survey programme, for instance {@code dark}
 * @param fieldId field (tile, plate)
 * @param exposureId exposure, or the set of exposures added up
 * @param fibre fibre number in the field
 * @param raDeg right ascension of the fibre in degrees, ICRS; null where not known
 * @param decDeg declination of the fibre in degrees, ICRS; null where not known
 * @param mjd start of the exposure, modified Julian date, UTC, days
 * @param exposureSeconds exposure time in seconds; null where not known
 * @param reductionVersion version of the reduction that made the spectrum; a newer one supersedes
 * @param night the night as the producer states it (YYYYMMDD), or null
 * @param selectedAs the class that the target was selected as, or null
 */
public record Observation(
    String spectrumId,
    String targetId,
    ObjectKind kind,
    String survey,
    String programme,
    String fieldId,
    String exposureId,
    int fibre,
    @Nullable Double raDeg,
    @Nullable Double decDeg,
    double mjd,
    @Nullable Double exposureSeconds,
    String reductionVersion,
    @Nullable String night,
    @Nullable String selectedAs) {}

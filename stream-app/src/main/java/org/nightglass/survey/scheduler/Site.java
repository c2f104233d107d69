package org.nightglass.survey.scheduler;

/**
 * Where a telescope stands.
 *
 * @param longitudeDeg degrees east of Greenwich
 * @param latitudeDeg degrees north
 */
public record Site(double longitudeDeg, double latitudeDeg) {
  private static final double J2000 = 51_544.5;

  /** Local mean sidereal time in degrees, 0 to 360, of a modified Julian date (UTC, days). */
  public double siderealDeg(double mjd) {
    // Meeus, Astronomical Algorithms (1998), eq. 12.4, without its slow terms.
    double degrees = 280.46061837 + 360.98564736629 * (mjd - J2000) + longitudeDeg;
    return degrees - 360 * Math.floor(degrees / 360);
  }

  /**
   * Altitude above the horizon in degrees, refraction left out.
   *
   * @param raDeg right ascension, degrees
   * @param decDeg declination, degrees
   * @param mjd modified Julian date, UTC, days
   */
  public double altitudeDeg(double raDeg, double decDeg, double mjd) {
    double hourAngle = Math.toRadians(siderealDeg(mjd) - raDeg);
    double latitude = Math.toRadians(latitudeDeg);
    double dec = Math.toRadians(decDeg);
    double sine =
        Math.sin(latitude) * Math.sin(dec)
            + Math.cos(latitude) * Math.cos(dec) * Math.cos(hourAngle);
    return Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, sine))));
  }

  /** Airmass 1/sin(altitude); infinite at and below the horizon. See {@link #altitudeDeg}. */
  public double airmass(double raDeg, double decDeg, double mjd) {
    double altitude = altitudeDeg(raDeg, decDeg, mjd);
    return altitude > 0 ? 1 / Math.sin(Math.toRadians(altitude)) : Double.POSITIVE_INFINITY;
  }
}

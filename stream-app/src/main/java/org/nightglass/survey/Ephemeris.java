package org.nightglass.survey;

import org.nightglass.survey.scheduler.Site;

/** Sun and moon to a degree or so: what twilight and moonlight need. Stateless. */
final class Ephemeris {
  private static final double J2000 = 51_544.5;
  private static final double OBLIQUITY = Math.toRadians(23.439);

  private Ephemeris() {}

  /** Altitude of the sun in degrees. */
  static double sunAltitudeDeg(Site site, double mjd) {
    return altitude(site, sunLongitude(mjd), 0, mjd);
  }

  /**
   * Moonlight in units of {@link org.nightglass.simulate.SkyConditions#moonlight}: 5 for the full
   * moon in the zenith, falling with altitude and, steeper than the lit share, with phase; 0 below
   * the horizon. A rough law: the distance to the field is left out.
   */
  static double moonlight(Site site, double mjd) {
    double d = mjd - J2000;
    // Mean elements with the largest term each (Meeus, Astronomical Algorithms, chapter 47).
    double longitude =
        Math.toRadians(218.316 + 13.176396 * d)
            + Math.toRadians(6.289) * Math.sin(Math.toRadians(134.963 + 13.064993 * d));
    double latitude = Math.toRadians(5.128) * Math.sin(Math.toRadians(93.272 + 13.229350 * d));
    double altitude = Math.toRadians(altitude(site, longitude, latitude, mjd));
    double elongation = Math.cos(latitude) * Math.cos(longitude - sunLongitude(mjd));
    double lit = (1 - elongation) / 2;
    return 5 * Math.pow(lit, 1.5) * Math.max(0, Math.sin(altitude));
  }

  private static double sunLongitude(double mjd) {
    double d = mjd - J2000;
    double anomaly = Math.toRadians(357.529 + 0.98560028 * d);
    return Math.toRadians(280.459 + 0.98564736 * d + 1.915 * Math.sin(anomaly));
  }

  private static double altitude(Site site, double longitude, double latitude, double mjd) {
    double x = Math.cos(latitude) * Math.cos(longitude);
    double y =
        Math.cos(OBLIQUITY) * Math.cos(latitude) * Math.sin(longitude)
            - Math.sin(OBLIQUITY) * Math.sin(latitude);
    double z =
        Math.sin(OBLIQUITY) * Math.cos(latitude) * Math.sin(longitude)
            + Math.cos(OBLIQUITY) * Math.sin(latitude);
    return site.altitudeDeg(Math.toDegrees(Math.atan2(y, x)), Math.toDegrees(Math.asin(z)), mjd);
  }
}

package org.nightglass.survey;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.nightglass.night.Mjd;
import org.nightglass.survey.scheduler.Site;

/**
 * One night of a survey. Times are modified Julian dates, UTC, days.
 *
 * @param index counts the survey's nights, from 0
 * @param name YYYYMMDD
 * @param noon local noon before it
 * @param begin when the sun has sunk deep enough
 * @param end when it no longer is
 */
record ObservingNight(int index, String name, double noon, double begin, double end) {
  /** Between nautical and astronomical twilight, when spectrographs begin. */
  private static final double SUN_BELOW_DEG = -15;

  private static final int MINUTES = 1440;

  /** Nights one after the other. */
  static List<ObservingNight> from(LocalDate first, int nights, Site site, ZoneId zone) {
    List<ObservingNight> all = new ArrayList<>();
    for (int i = 0; i < nights; i++) {
      all.add(of(i, first.plusDays(i), site, zone));
    }
    return List.copyOf(all);
  }

  private static ObservingNight of(int index, LocalDate date, Site site, ZoneId zone) {
    double noon = Mjd.of(date.atTime(LocalTime.NOON).atZone(zone).toInstant());
    int begin = 0;
    while (begin < MINUTES && !dark(site, noon, begin)) {
      begin++;
    }
    int end = begin;
    while (end < MINUTES && dark(site, noon, end)) {
      end++;
    }
    return new ObservingNight(
        index,
        date.format(DateTimeFormatter.BASIC_ISO_DATE),
        noon,
        noon + begin / (double) MINUTES,
        noon + end / (double) MINUTES);
  }

  private static boolean dark(Site site, double noon, int minute) {
    return Ephemeris.sunAltitudeDeg(site, noon + minute / (double) MINUTES) < SUN_BELOW_DEG;
  }

  /** Minute since local noon of a moment of the night, 0 to 1439. */
  int minute(double mjd) {
    int minute = (int) Math.floor((mjd - noon) * MINUTES + 1e-6);
    return Math.max(0, Math.min(MINUTES - 1, minute));
  }
}

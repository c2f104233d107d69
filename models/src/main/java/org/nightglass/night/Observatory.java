package org.nightglass.night;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Where the telescope stands, as far as the calendar is concerned.
 *
 * <p>A night is named by the local calendar date at its start, YYYYMMDD, and lasts from local noon
 * to local noon: the same name before and after midnight. Local time is the site's civil time,
 * summer time included, or its mean solar time.
 */
public sealed interface Observatory {

  /** Local time at the site, without a zone. */
  LocalDateTime localTime(Instant instant);

  /**
   * The night of an exposure.
   *
   * @param mjd start of the exposure, modified Julian date, UTC, days
   * @return YYYYMMDD
   */
  default String night(double mjd) {
    LocalDateTime sinceNoon = localTime(Mjd.instant(mjd)).minusHours(12);
    return sinceNoon.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /** The instant of a local time at the site. */
  Instant instant(LocalDateTime local);

  /**
   * When a night ends: local noon of the next day.
   *
   * @param night YYYYMMDD
   * @throws DateTimeException if that is no date
   */
  default Instant end(String night) {
    LocalDate date = LocalDate.parse(night, DateTimeFormatter.BASIC_ISO_DATE);
    return instant(date.plusDays(1).atTime(LocalTime.NOON));
  }

  /**
   * A site that goes by its clocks.
   *
   * @param zone its time zone, for instance {@code America/Denver}
   */
  record Civil(ZoneId zone) implements Observatory {
    @Override
    public LocalDateTime localTime(Instant instant) {
      return LocalDateTime.ofInstant(instant, zone);
    }

    @Override
    public Instant instant(LocalDateTime local) {
      return local.atZone(zone).toInstant();
    }
  }

  /**
   * A site that goes by the mean sun: 15° of longitude are an hour.
   *
   * @param longitudeDeg degrees east of Greenwich, −180 to 180
   */
  record Solar(double longitudeDeg) implements Observatory {
    private static final double SECONDS_PER_DEGREE = 240;

    public Solar {
      if (!(longitudeDeg >= -180 && longitudeDeg <= 180)) {
        throw new IllegalArgumentException(
            "longitude is " + longitudeDeg + "° east, must lie within -180 to 180");
      }
    }

    @Override
    public LocalDateTime localTime(Instant instant) {
      return LocalDateTime.ofInstant(instant.plus(ahead()), ZoneOffset.UTC);
    }

    @Override
    public Instant instant(LocalDateTime local) {
      return local.toInstant(ZoneOffset.UTC).minus(ahead());
    }

    private Duration ahead() {
      return Duration.ofSeconds(Math.round(longitudeDeg * SECONDS_PER_DEGREE));
    }
  }
}

package org.nightglass.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservatoryTest {
  private static double mjd(String utc) {
    return Instant.parse(utc).toEpochMilli() / 86_400e3 + 40_587;
  }

  @ParameterizedTest
  @CsvSource({
    // Apache Point, UTC-7 in winter: the evening, both sides of midnight, the morning
    "America/Denver, 2026-01-15T01:00:00Z, 20260114",
    "America/Denver, 2026-01-15T06:59:59Z, 20260114",
    "America/Denver, 2026-01-15T07:00:01Z, 20260114",
    "America/Denver, 2026-01-15T13:00:00Z, 20260114",
    // noon is the border: 12:00 local is 19:00 UTC
    "America/Denver, 2026-01-15T18:59:59Z, 20260114",
    "America/Denver, 2026-01-15T19:00:01Z, 20260115",
    // summer time: noon is an hour earlier in UTC
    "America/Denver, 2026-07-15T17:59:59Z, 20260714",
    "America/Denver, 2026-07-15T18:00:01Z, 20260715",
    // the night in which clocks go forward (8 March 2026, 2:00) and back (1 November 2026, 2:00)
    "America/Denver, 2026-03-08T08:30:00Z, 20260307",
    "America/Denver, 2026-03-08T09:30:00Z, 20260307",
    "America/Denver, 2026-11-01T07:30:00Z, 20261031",
    "America/Denver, 2026-11-01T08:30:00Z, 20261031",
    // Paranal, and its new year
    "America/Santiago, 2026-01-01T02:00:00Z, 20251231",
    // far east of Greenwich: the night begins before UTC noon
    "Australia/Sydney, 2026-01-15T11:00:00Z, 20260115",
    // both sides of the date line: the same instant, two dates
    "Pacific/Kiritimati, 2026-01-15T10:30:00Z, 20260115",
    "Pacific/Honolulu, 2026-01-15T10:30:00Z, 20260114",
  })
  void shouldNameTheNightByTheLocalDateAtItsStart(String zone, String utc, String night) {
    assertThat(new Observatory.Civil(ZoneId.of(zone)).night(mjd(utc))).isEqualTo(night);
  }

  @ParameterizedTest
  @CsvSource({
    "-105.82, 2026-01-15T19:03:00Z, 20260114",
    "-105.82, 2026-01-15T19:04:00Z, 20260115",
    "0, 2026-01-15T11:59:59Z, 20260114",
    "0, 2026-01-15T12:00:01Z, 20260115",
    "179.9, 2026-01-15T00:30:00Z, 20260115",
    "-179.9, 2026-01-15T00:30:00Z, 20260114",
  })
  void shouldGoByTheMeanSunWhereALongitudeIsGiven(double longitude, String utc, String night) {
    assertThat(new Observatory.Solar(longitude).night(mjd(utc))).isEqualTo(night);
  }

  @Test
  void shouldNameAllOfANightAlike() {
    Observatory paranal = new Observatory.Solar(-70.4);
    double noon = mjd("2026-06-21T16:42:00Z");
    for (double hours = 0.1; hours < 24; hours += 0.1) {
      assertThat(paranal.night(noon + hours / 24))
          .as("%.1f h after noon", hours)
          .isEqualTo("20260621");
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-180.1, 181, Double.NaN})
  void shouldRefuseALongitudeThatIsNone(double longitude) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Observatory.Solar(longitude))
        .withMessageContaining("longitude is " + longitude);
  }
}

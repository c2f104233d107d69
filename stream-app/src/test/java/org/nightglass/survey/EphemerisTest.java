package org.nightglass.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.nightglass.night.Mjd;
import org.nightglass.survey.scheduler.Site;

class EphemerisTest {
  private static final Site KITT_PEAK = new Site(-111.6, 31.96);

  @Test
  void shouldKnowSiderealTime() {
    // Meeus, Astronomical Algorithms, example 12.a: 13h10m46.37s at 1987-04-10T00:00 UT.
    double mjd = Mjd.of(Instant.parse("1987-04-10T00:00:00Z"));
    assertThat(new Site(0, 0).siderealDeg(mjd)).isCloseTo(197.6932, within(1e-3));
  }

  @Test
  void shouldKnowHowHighTheSunStandsAtNoonOfTheSolstices() {
    // Solar noon at 111.6° W is 19:26 UTC, up to the equation of time.
    double june = Mjd.of(Instant.parse("2025-06-21T19:28:00Z"));
    double december = Mjd.of(Instant.parse("2025-12-21T19:25:00Z"));
    assertThat(Ephemeris.sunAltitudeDeg(KITT_PEAK, june))
        .isCloseTo(90 - 31.96 + 23.44, within(0.5));
    assertThat(Ephemeris.sunAltitudeDeg(KITT_PEAK, december))
        .isCloseTo(90 - 31.96 - 23.44, within(0.5));
  }

  @Test
  void shouldTellFullFromNewMoon() {
    // Full moon 2025-12-04T23:14Z, new moon 2025-12-20T01:43Z; midnight at the site is 07:26 UTC.
    double full = Mjd.of(Instant.parse("2025-12-05T07:26:00Z"));
    double fresh = Mjd.of(Instant.parse("2025-12-20T07:26:00Z"));
    assertThat(Ephemeris.moonlight(KITT_PEAK, full)).isBetween(4.0, 5.0);
    assertThat(Ephemeris.moonlight(KITT_PEAK, fresh)).isLessThan(0.01);
  }

  @Test
  void shouldBeginAndEndTheNightInTwilight() {
    ObservingNight night =
        ObservingNight.from(LocalDate.of(2025, 11, 27), 2, KITT_PEAK, ZoneId.of("America/Phoenix"))
            .get(1);
    assertThat(night.name()).isEqualTo("20251128");
    assertThat(Ephemeris.sunAltitudeDeg(KITT_PEAK, night.begin())).isCloseTo(-15, within(0.4));
    assertThat(Ephemeris.sunAltitudeDeg(KITT_PEAK, night.end())).isCloseTo(-15, within(0.4));
    assertThat((night.end() - night.begin()) * 24).isBetween(10.5, 12.0);
  }
}

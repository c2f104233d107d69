package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AirToVacuumTest {

  /** Air and vacuum wavelengths of the lines as SDSS publishes them. */
  @ParameterizedTest
  @CsvSource({
    "4861.325, 4862.683", // H beta
    "4958.911, 4960.295", // [O III]
    "5006.843, 5008.240", // [O III]
    "6562.801, 6564.614", // H alpha
    "6583.45, 6585.27", // [N II]
    "6716.44, 6718.29", // [S II]
    "3933.663, 3934.777", // Ca K
    "8542.09, 8544.44", // Ca II
  })
  void shouldAgreeWithPublishedWavelengths(double air, double vacuum) {
    assertThat(AirToVacuum.vacuum(air)).isCloseTo(vacuum, within(0.006));
  }

  /** Ciddor 1996 and the older formula of Edlén agree on n at 5890 Å to a few parts in 1e8. */
  @Test
  void shouldGiveTheRefractiveIndexAtTheSodiumLine() {
    assertThat(AirToVacuum.refractiveIndex(5891.583)).isCloseTo(1.00027717, within(3e-8));
  }

  @Test
  void shouldInvertTheConversionToAir() {
    for (double vacuum = 2001; vacuum < 17_000; vacuum += 7) {
      double air = vacuum / AirToVacuum.refractiveIndex(vacuum);
      if (air >= 2000) {
        assertThat(AirToVacuum.vacuum(air)).isCloseTo(vacuum, within(1e-6));
      }
    }
  }

  @Test
  void shouldLeaveTheFarUltravioletAlone() {
    assertThat(AirToVacuum.vacuum(1550)).isEqualTo(1550);
  }
}

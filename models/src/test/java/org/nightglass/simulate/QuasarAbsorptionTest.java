package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.spectrum.WavelengthGrid;

class QuasarAbsorptionTest {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.55, 1e-4, 4600);

  /** On the square-root part of the curve of growth: 7.3 Å · (N / 1e20)^½ at rest (Draine 2011). */
  @ParameterizedTest
  @CsvSource({"1e20, 7.3", "2e20, 10.3", "1e21, 23.1"})
  void shouldGiveADampedSystemTheWidthOfItsColumn(double column, double width) {
    double z = 3.2;
    double[] flux = light();
    QuasarAbsorption.damp(z, column, GRID, flux);
    double missing = 0;
    for (int i = 0; i < GRID.pixels(); i++) {
      double rest = GRID.wavelength(i) / (1 + z);
      if (rest > 1120 && rest < 1320) {
        missing += (1 - flux[i]) * rest * Math.log(10) * GRID.log10Step();
      }
    }
    assertThat(missing).as("equivalent width at rest, Å").isCloseTo(width, within(0.06 * width));
  }

  @Test
  void shouldLetNothingPassTheLymanLimitOfADampedSystem() {
    double[] flux = light();
    QuasarAbsorption.damp(3.5, 1e21, GRID, flux);
    for (int i = 0; GRID.wavelength(i) < 911 * 4.5; i++) {
      assertThat(flux[i]).isZero();
    }
  }

  /** Mean transmission between Lyman β and α, beside Faucher-Giguère et al. (2008). */
  @ParameterizedTest
  @CsvSource({"2.5, 0.80", "3.5, 0.60", "4.5, 0.33"})
  void shouldTakeMoreOfTheLightTheFurtherAway(double z, double transmission) {
    double sum = 0;
    int pixels = 0;
    for (int seed = 0; seed < 200; seed++) {
      double[] flux = absorbed(z, seed);
      for (int i = 0; i < GRID.pixels(); i++) {
        double rest = GRID.wavelength(i) / (1 + z);
        if (rest > 1050 && rest < 1170) {
          sum += flux[i];
          pixels++;
        }
      }
    }
    assertThat(sum / pixels).isCloseTo(transmission, within(0.06));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 1.5, 3, 6.1, 6.9})
  void shouldOnlyTakeLightAway(double z) {
    for (int seed = 0; seed < 300; seed++) {
      for (double value : absorbed(z, seed)) {
        assertThat(value).isBetween(0.0, 1.0);
      }
    }
  }

  /** Half of the quasars beyond z = 1.5 or more show metals or a wind redward of the forest. */
  @Test
  void shouldLeaveMetalsInManyQuasarsAndNotInAll() {
    int touched = 0;
    for (int seed = 0; seed < 400; seed++) {
      double[] flux = absorbed(1.6, seed);
      touched += Arrays.stream(flux, 1000, flux.length).anyMatch(value -> value < 0.95) ? 1 : 0;
    }
    assertThat(touched / 400.0).isBetween(0.4, 0.9);
  }

  /** Whatever library a quasar comes from: here one of flat light. */
  @Test
  void shouldAbsorbTheQuasarsOfEveryLibrary() {
    SourceLibrary flat =
        (kind, z, random, grid, flux) -> {
          Arrays.fill(flux, 1);
          return "";
        };
    double z = 4;
    SurveyLibrary library = new SurveyLibrary(List.of(flat));
    double below = 0;
    double above = 0;
    for (int seed = 0; seed < 50; seed++) {
      double[] flux = new double[GRID.pixels()];
      library.write(SourceKind.QUASAR, z, new SplittableRandom(seed), GRID, flux);
      for (int i = 0; i < GRID.pixels(); i++) {
        double rest = GRID.wavelength(i) / (1 + z);
        below += rest > 1050 && rest < 1170 ? flux[i] / 600 : 0;
        above += rest > 1250 && rest < 1394 ? flux[i] / 600 : 0;
      }
    }
    assertThat(below).isLessThan(0.7 * above);
  }

  private static double[] absorbed(double z, int seed) {
    double[] flux = light();
    QuasarAbsorption.write(z, new SplittableRandom(seed), GRID, flux);
    return flux;
  }

  private static double[] light() {
    double[] flux = new double[GRID.pixels()];
    Arrays.fill(flux, 1);
    return flux;
  }
}

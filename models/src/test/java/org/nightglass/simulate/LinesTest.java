package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.spectrum.WavelengthGrid;

class LinesTest {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.55, 1e-4, 4600);

  @Test
  void shouldGiveALineItsPlaceAndItsEquivalentWidth() {
    double[] flux = new double[GRID.pixels()];
    Arrays.fill(flux, 2);
    new Lines(GRID, flux).emit(6000, 150, 25, 2);
    double area = 0;
    double moment = 0;
    for (int i = 1; i < flux.length - 1; i++) {
      double width = 0.5 * (GRID.wavelength(i + 1) - GRID.wavelength(i - 1));
      area += (flux[i] / 2 - 1) * width;
      moment += (flux[i] / 2 - 1) * width * GRID.wavelength(i);
    }
    assertThat(area).as("equivalent width, Å").isCloseTo(25, within(0.05));
    assertThat(moment / area).as("centre, Å").isCloseTo(6000, within(0.1));
  }

  @ParameterizedTest
  @CsvSource({"0.05, 6564.61", "0.2, 6564.61", "0.4, 5008.24", "0.9, 3728.5"})
  void shouldPutNebularLinesWhereTheRedshiftSays(double z, double rest) {
    double[] flux = new double[GRID.pixels()];
    Arrays.fill(flux, 1);
    NebularLines.emit(new Lines(GRID, flux), z, 200, false, new SplittableRandom(4));
    assertThat(brightestNear(flux, rest * (1 + z), 25) / (1 + z)).isCloseTo(rest, within(2.5));
  }

  @ParameterizedTest
  @CsvSource({"0.3, 4862.68, 80", "0.8, 2798.75, 60", "2.3, 1549.06, 40", "3.2, 1215.67, 25"})
  void shouldPutBroadLinesWhereTheRedshiftSays(double z, double rest, double window) {
    double[] sum = new double[GRID.pixels()];
    for (int i = 0; i < 30; i++) {
      double[] flux = new double[GRID.pixels()];
      ParametricQuasars.write(z, new SplittableRandom(i), GRID, flux);
      for (int p = 0; p < sum.length; p++) {
        sum[p] += flux[p] / 30;
      }
    }
    double found = brightestNear(sum, rest * (1 + z), window * (1 + z)) / (1 + z);
    assertThat(found).isCloseTo(rest, within(0.006 * rest));
  }

  /** Hα of few has more light 3,000 to 6,000 km/s before its middle than 900 to 1,500. */
  @Test
  void shouldGiveFewQuasarsTwoPeaks() {
    double z = 0.3;
    int split = 0;
    for (int seed = 0; seed < 400; seed++) {
      double[] flux = new double[GRID.pixels()];
      ParametricQuasars.write(z, new SplittableRandom(seed), GRID, flux);
      double middle = 6564.61 * (1 + z);
      double inner = brightest(flux, middle * (1 - 0.005), middle * (1 - 0.003));
      double outer = brightest(flux, middle * (1 - 0.02), middle * (1 - 0.01));
      split += outer > 1.02 * inner ? 1 : 0;
    }
    assertThat(split).isBetween(8, 60);
  }

  private static double brightest(double[] flux, double from, double to) {
    double most = 0;
    for (int i = 0; i < flux.length; i++) {
      most =
          GRID.wavelength(i) >= from && GRID.wavelength(i) <= to ? Math.max(most, flux[i]) : most;
    }
    return most;
  }

  @Test
  void shouldBreakGalaxiesAtFourThousand() {
    double z = 0.3;
    for (int seed = 0; seed < 20; seed++) {
      double[] flux = new double[GRID.pixels()];
      ParametricGalaxies.write("", z, new SplittableRandom(seed), GRID, flux);
      double below = mean(flux, 3750 * (1 + z), 3950 * (1 + z));
      double above = mean(flux, 4050 * (1 + z), 4250 * (1 + z));
      assertThat(above / below).as("seed %d", seed).isGreaterThan(0.8);
    }
  }

  @Test
  void shouldAbsorbAtBalmerLinesInHotStars() {
    int absorbed = 0;
    for (int seed = 0; seed < 40; seed++) {
      double[] flux = new double[GRID.pixels()];
      ParametricStars.write("", 0, new SplittableRandom(seed), GRID, flux);
      double beside = 0.5 * (mean(flux, 4750, 4790) + mean(flux, 4935, 4975));
      absorbed += mean(flux, 4858, 4867) < 0.95 * beside ? 1 : 0;
    }
    assertThat(absorbed).as("of 40 stars").isGreaterThan(15);
  }

  private static double brightestNear(double[] flux, double wavelength, double window) {
    int best = -1;
    for (int i = 0; i < flux.length; i++) {
      if (Math.abs(GRID.wavelength(i) - wavelength) < window
          && (best < 0 || flux[i] > flux[best])) {
        best = i;
      }
    }
    return GRID.wavelength(best);
  }

  private static double mean(double[] flux, double from, double to) {
    double sum = 0;
    int n = 0;
    for (int i = 0; i < flux.length; i++) {
      if (GRID.wavelength(i) >= from && GRID.wavelength(i) <= to) {
        sum += flux[i];
        n++;
      }
    }
    return sum / n;
  }
}

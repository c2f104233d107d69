package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nightglass.prepare.TestSpectra.NOW;
import static org.nightglass.prepare.TestSpectra.arm;
import static org.nightglass.prepare.TestSpectra.desi;
import static org.nightglass.prepare.TestSpectra.explicit;
import static org.nightglass.prepare.TestSpectra.sdssGrid;
import static org.nightglass.prepare.TestSpectra.spectrum;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.spectrum.WavelengthGrid;

class PreparerTest {
  private static final ModelGrid GRID = ModelGrid.SDSS_3600;
  private static final Preparer PREPARER = new Preparer(GRID, SpectrumLimits.DEFAULT);

  static Stream<WavelengthGrid> grids() {
    return Stream.of(
        sdssGrid(),
        new WavelengthGrid.Log(3.57963, 1e-4, 3840),
        new WavelengthGrid.Log(3.579, 0.3e-4, 13_000),
        new WavelengthGrid.Linear(3600, 0.8, 7781),
        new WavelengthGrid.Linear(3700, 0.25, 23_200),
        new WavelengthGrid.Linear(3600, 4, 1500),
        explicit(new WavelengthGrid.Linear(3600, 0.8, 7781)));
  }

  @ParameterizedTest
  @MethodSource("grids")
  void shouldKeepAConstantSpectrum(WavelengthGrid grid) {
    PreparedSpectrum prepared = prepare(spectrum(arm("b", grid, w -> 3, 4)));
    assertThat(prepared.flux()).hasSize(3600).containsOnly(3);
    assertThat(prepared.snr()).isEqualTo(6);
    assertThat(prepared.coverage()).isGreaterThan(0.95);
  }

  /** Rebinning gives the mean of a pixel, which for a straight line is its value at the middle. */
  @ParameterizedTest
  @MethodSource("grids")
  void shouldKeepALinearSpectrum(WavelengthGrid grid) {
    PreparedSpectrum prepared = prepare(spectrum(arm("b", grid, w -> 1 + w / 1000, 4)));
    for (int k = 5; k < 3595; k++) {
      if (prepared.ivar()[k] > 0 && prepared.ivar()[Math.min(k + 5, 3599)] > 0) {
        // Half an observed pixel's slope at worst, where a model pixel cuts observed pixels.
        assertThat((double) prepared.flux()[k])
            .as("pixel %d of %s", k, grid)
            .isCloseTo(1 + GRID.wavelength(k) / 1000, within(2.1e-4));
      }
    }
  }

  static Stream<ObservedSpectrum> spectraOfALine() {
    return Stream.concat(
        grids().map(grid -> spectrum(arm("b", grid, PreparerTest::line, 1))),
        Stream.of(desi(PreparerTest::line, 1)));
  }

  @ParameterizedTest
  @MethodSource("spectraOfALine")
  void shouldConserveALinesFluxAndPlace(ObservedSpectrum observed) {
    PreparedSpectrum prepared = prepare(observed);
    double flux = 0;
    double moment = 0;
    for (int k = 0; k < 3600; k++) {
      double width = GRID.wavelength(k) * Math.log(10) * 1e-4;
      double line = prepared.flux()[k] - 1;
      flux += line * width;
      moment += line * width * GRID.wavelength(k);
    }
    String text = observed.arms().get(0).grid().toString();
    assertThat(flux).as(text).isCloseTo(LINE_FLUX, within(1e-3 * LINE_FLUX));
    // A tenth of a model pixel is 0.12 Å; a thousandth of the line's width is 0.005 Å.
    assertThat(moment / flux).as(text).isCloseTo(LINE_CENTRE, within(0.005));
  }

  @Test
  void shouldCopyPixelsOfTheModelsOwnGrid() {
    Random random = new Random(1);
    ObservedSpectrum observed = spectrum(arm("b", sdssGrid(), w -> random.nextGaussian(), 2));
    PreparedSpectrum prepared = prepare(observed);
    for (int k = 0; k < 3600; k++) {
      assertThat(prepared.flux()[k]).isEqualTo(observed.arms().get(0).flux()[k + 4]);
      assertThat(prepared.ivar()[k]).isEqualTo(2);
    }
    assertThat(prepared.coverage()).isEqualTo(1);
  }

  @Test
  void shouldCopyPixelsThatBeginInsideTheModelsGrid() {
    ObservedSpectrum observed =
        spectrum(arm("b", new WavelengthGrid.Log(3.59, 1e-4, 100), w -> w, 2));
    PreparedSpectrum prepared = prepare(observed);
    assertThat(prepared.ivar()[99]).isZero();
    assertThat(prepared.flux()[100]).isEqualTo((float) Math.pow(10, 3.59));
    assertThat(prepared.ivar()[199]).isEqualTo(2);
    assertThat(prepared.ivar()[200]).isZero();
    assertThat(prepared.coverage()).isEqualTo(100 / 3600.0);
  }

  /** The pulls of resampled white noise are of width 1, whatever the grid. */
  @ParameterizedTest
  @MethodSource("grids")
  void shouldStateTheNoiseOfEachPixel(WavelengthGrid grid) {
    double squares = 0;
    int count = 0;
    for (int seed = 0; seed < 4; seed++) {
      Random random = new Random(seed);
      PreparedSpectrum prepared =
          prepare(spectrum(arm("b", grid, w -> 0.5 * random.nextGaussian(), 4)));
      for (int k = 0; k < 3600; k++) {
        if (prepared.ivar()[k] > 0) {
          squares += prepared.flux()[k] * prepared.flux()[k] * prepared.ivar()[k];
          count++;
        }
      }
    }
    assertThat(squares / count).as("mean squared pull on %s", grid).isCloseTo(1, within(0.06));
  }

  @Test
  void shouldGainInformationWhereItAddsPixelsUp() {
    PreparedSpectrum prepared =
        prepare(spectrum(arm("b", new WavelengthGrid.Log(3.5799625, 0.25e-4, 14_400), w -> 1, 4)));
    assertThat((double) prepared.ivar()[1800]).isCloseTo(16, within(1e-3));
  }

  @Test
  void shouldWeighArmsByTheirInformationWhereTheyOverlap() {
    PreparedSpectrum prepared =
        prepare(
            spectrum(
                arm("r", new WavelengthGrid.Log(3.7, 1e-4, 2000), w -> 5, 3),
                arm("b", new WavelengthGrid.Log(3.58, 1e-4, 1300), w -> 1, 1)));
    assertThat(prepared.flux()[1100]).isEqualTo(1);
    assertThat(prepared.flux()[1250]).isEqualTo(4);
    assertThat(prepared.ivar()[1250]).isEqualTo(4);
    assertThat(prepared.flux()[1400]).isEqualTo(5);
  }

  @Test
  void shouldNotDependOnTheOrderOfTheArms() {
    DoubleUnaryOperator flux = w -> Math.sin(w / 10);
    ObservedSpectrum mixed = desi(flux, 1);
    ObservedSpectrum inOrder =
        spectrum(mixed.arms().get(1), mixed.arms().get(2), mixed.arms().get(0));
    assertThat(prepare(mixed).flux()).containsExactly(prepare(inOrder).flux(), within(1e-6f));
    assertThat(prepare(mixed).coverage()).isEqualTo(1);
  }

  @Test
  void shouldGiveTheSameForTheSameGridWrittenInThreeWays() {
    WavelengthGrid log = new WavelengthGrid.Log(3.57963, 1e-4, 3840);
    WavelengthGrid linear = new WavelengthGrid.Linear(3600, 0.8, 7781);
    for (WavelengthGrid grid : new WavelengthGrid[] {log, linear, sdssGrid()}) {
      Random one = new Random(3);
      Random two = new Random(3);
      PreparedSpectrum regular = prepare(spectrum(arm("b", grid, w -> one.nextGaussian(), 1)));
      PreparedSpectrum listed =
          prepare(spectrum(arm("b", explicit(grid), w -> two.nextGaussian(), 1)));
      assertThat(listed.flux()).as(grid.toString()).containsExactly(regular.flux(), within(5e-4f));
      assertThat(listed.ivar()).containsExactly(regular.ivar(), within(5e-4f));
    }
  }

  @Test
  void shouldGiveBadPixelsNoWeightAndBridgeThem() {
    Arm arm = arm("b", sdssGrid(), w -> 2, 1);
    int[] mask = new int[3840];
    for (int i = 104; i < 114; i++) {
      arm.flux()[i] = 100;
      mask[i] = 1;
    }
    arm.flux()[204] = Float.NaN;
    arm.flux()[304] = 1e30f;
    arm.ivar()[304] = 0;
    arm.flux()[404] = -50;
    arm.ivar()[404] = -1;
    arm.flux()[99 + 4] = 1;
    PreparedSpectrum prepared =
        prepare(spectrum(new Arm("b", arm.grid(), Medium.VACUUM, arm.flux(), arm.ivar(), mask)));
    assertThat(prepared.flux()[99]).isEqualTo(1);
    for (int k = 100; k < 110; k++) {
      assertThat(prepared.flux()[k]).as("pixel %d", k).isCloseTo(1 + (k - 99) / 11f, within(1e-6f));
      assertThat(prepared.ivar()[k]).isZero();
    }
    for (int k : new int[] {200, 300, 400}) {
      assertThat(prepared.flux()[k]).isEqualTo(2);
      assertThat(prepared.ivar()[k]).isZero();
    }
    assertThat(prepared.coverage()).isEqualTo((3600 - 13) / 3600.0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.8, 3})
  void shouldNotLetABadPixelLeakIntoItsNeighbours(double step) {
    Arm arm = arm("b", new WavelengthGrid.Linear(3600, step, (int) (6000 / step)), w -> 2, 1);
    arm.flux()[500] = 1e20f;
    arm.ivar()[500] = 0;
    assertThat(prepare(spectrum(arm)).flux()).containsOnly(2);
  }

  @Test
  void shouldExtendTheEndsWithTheNearestGoodPixel() {
    PreparedSpectrum prepared =
        prepare(spectrum(arm("b", new WavelengthGrid.Linear(5000, 1, 1000), w -> w, 1)));
    assertThat((double) prepared.flux()[0]).isCloseTo(5000, within(1.0));
    assertThat((double) prepared.flux()[3599]).isCloseTo(5999, within(1.0));
    assertThat(prepared.ivar()[0]).isZero();
    assertThat(prepared.coverage()).isBetween(0.21, 0.23);
  }

  @Test
  void shouldNotBridgeAGapOfAnExplicitGridWithAWidePixel() {
    double[] wavelengths = new double[2000];
    for (int i = 0; i < 2000; i++) {
      wavelengths[i] = i < 1000 ? 5000 + i : 5500 + i;
    }
    Arm arm = arm("b", new WavelengthGrid.Explicit(wavelengths), w -> 1, 1);
    double observed = 0;
    PreparedSpectrum prepared = prepare(spectrum(arm));
    for (int k = 0; k < 3600; k++) {
      double w = GRID.wavelength(k);
      if (w > 6000.5 && w < 6498.5) {
        assertThat(prepared.ivar()[k]).as("ivar at %f Å", w).isZero();
      }
      observed += prepared.ivar()[k] > 0 ? w * Math.log(10) * 1e-4 : 0;
    }
    assertThat(observed).as("Å observed").isCloseTo(2000, within(4.0));
  }

  @Test
  void shouldConvertAirToVacuum() {
    double vacuum = 6564.61;
    double air = vacuum / AirToVacuum.refractiveIndex(vacuum);
    DoubleUnaryOperator halpha = w -> Math.exp(-0.5 * Math.pow((w - air) / 4, 2));
    Arm arm = arm("b", new WavelengthGrid.Linear(6400, 0.5, 800), halpha, 1);
    PreparedSpectrum prepared =
        prepare(spectrum(new Arm("b", arm.grid(), Medium.AIR, arm.flux(), arm.ivar(), null)));
    double sum = 0;
    double moment = 0;
    for (int k = 0; k < 3600; k++) {
      double weight = prepared.flux()[k] * GRID.wavelength(k);
      sum += weight;
      moment += weight * GRID.wavelength(k);
    }
    assertThat(moment / sum).isCloseTo(vacuum, within(0.01));
  }

  @Test
  void shouldRefuseASpectrumBesideTheModelsGrid() {
    ObservedSpectrum infrared =
        spectrum(arm("h", new WavelengthGrid.Linear(15_000, 1, 100), w -> 1, 1));
    assertThatThrownBy(() -> prepare(infrared))
        .isInstanceOf(BadSpectrumException.class)
        .hasMessageContaining(
            "none of 100 good pixels lies on the model's grid, 3801.5 to 8708.6 Å")
        .extracting(e -> ((BadSpectrumException) e).reason())
        .isEqualTo(RejectReason.NO_GOOD_PIXEL);
  }

  @Test
  void shouldStayFiniteOnTheWildestPixels() {
    for (float flux : new float[] {Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE}) {
      for (float ivar : new float[] {Float.MAX_VALUE, Float.MIN_VALUE}) {
        ObservedSpectrum observed = desi(w -> flux, ivar);
        PreparedSpectrum prepared = prepare(observed);
        for (int k = 0; k < 3600; k++) {
          assertThat(prepared.flux()[k]).isFinite();
          assertThat(prepared.ivar()[k]).isFinite().isNotNegative();
        }
        assertThat(prepared.snr()).isFinite();
      }
    }
  }

  private static final double LINE_CENTRE = 5790.3;
  private static final double LINE_WIDTH = 5;
  private static final double LINE_FLUX = 10 * LINE_WIDTH * Math.sqrt(2 * Math.PI);

  private static double line(double wavelength) {
    double t = (wavelength - LINE_CENTRE) / LINE_WIDTH;
    return 1 + 10 * Math.exp(-t * t / 2);
  }

  private static PreparedSpectrum prepare(ObservedSpectrum spectrum) {
    return PREPARER.prepare(spectrum, NOW);
  }
}

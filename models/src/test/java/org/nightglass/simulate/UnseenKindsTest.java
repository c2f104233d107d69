package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.FitsFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.SharedData;
import org.nightglass.simulate.UnseenKind.Group;
import org.nightglass.spectrum.WavelengthGrid;

class UnseenKindsTest {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.5563, 1e-4, 4600);
  private static final UnseenKinds.Limits LIMITS = new UnseenKinds.Limits(1.71, 6.42);
  private static final double REDDEST = 9842;

  @TempDir Path directory;

  @Test
  void shouldGoBeyondTheModelsRedshiftsWhereTheSpectrographStillSeesSomething() {
    List<UnseenKind> boss = UnseenKinds.of(null, LIMITS, Spectrograph.BOSS, REDDEST);
    assertThat(boss)
        .extracting(UnseenKind::name)
        .containsExactly(
            "SUPERNOVA_IA",
            "WOLF_RAYET",
            "PASSIVE_BEYOND",
            "STARFORMING_BEYOND",
            "STARBURST_BEYOND",
            "QUASAR_BEYOND");
    SplittableRandom random = new SplittableRandom(1);
    for (UnseenKind kind : boss) {
      for (int i = 0; i < 50 && kind.group() == Group.BEYOND_RANGE; i++) {
        boolean quasar = kind.objectClass().equals("QSO");
        double z = kind.drawZ(random);
        assertThat(z).as(kind.name()).isGreaterThan(quasar ? 6.42 : 1.71);
        assertThat((1 + z) * (quasar ? 1215.67 : 1167)).isLessThan(quasar ? REDDEST : 1e9);
      }
    }
    // SDSS ends at 9,200 Å, before Lyman α of such quasars.
    assertThat(UnseenKinds.of(null, LIMITS, Spectrograph.SDSS, REDDEST))
        .extracting(UnseenKind::name)
        .contains("PASSIVE_BEYOND")
        .doesNotContain("QUASAR_BEYOND");
    assertThat(UnseenKinds.of(null, new UnseenKinds.Limits(null, null), Spectrograph.BOSS, REDDEST))
        .extracting(UnseenKind::group)
        .containsOnly(Group.OTHER_KIND);
  }

  @Test
  void shouldDrawEveryKindAtAStatedSignalToNoiseRatio() {
    SurveySpectra.Exposure hour = new SurveySpectra.Exposure(3600, SkyConditions.DARK);
    for (UnseenKind kind : UnseenKinds.of(null, LIMITS, Spectrograph.BOSS, REDDEST)) {
      SurveySpectra spectra = new SurveySpectra(5, Spectrograph.BOSS, kind.sources());
      double z = kind.drawZ(new SplittableRandom(2));
      SurveySpectra.Observed observed =
          spectra.spectrumOfSnr(1, 0, kind.kind(), z, 10, kind.snrFrom(), hour);
      WavelengthGrid grid = observed.arms().get(0).grid();
      float[] flux = observed.arms().get(0).flux();
      float[] ivar = observed.arms().get(0).ivar();
      double[] ratios = new double[flux.length];
      int number = 0;
      for (int i = 0; i < flux.length; i++) {
        if (ivar[i] > 0 && grid.wavelength(i) >= kind.snrFrom()) {
          ratios[number++] = flux[i] * Math.sqrt(ivar[i]);
        }
      }
      Arrays.sort(ratios, 0, number);
      assertThat(ratios[number / 2]).as(kind.name()).isCloseTo(10, within(1.0));
    }
  }

  @Test
  void shouldRefuseAnSnrOfPixelsThatAreNotThere() {
    SurveySpectra spectra =
        new SurveySpectra(5, Spectrograph.SDSS, TrainingSimulator.sources(null));
    assertThatThrownBy(
            () ->
                spectra.spectrumOfSnr(
                    1,
                    0,
                    SourceKind.QUASAR,
                    6.6,
                    5,
                    9500,
                    new SurveySpectra.Exposure(900, SkyConditions.DARK)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("SDSS", "9500");
  }

  /** Si II λ6355 stands blueward of its place at rest, and deep. */
  @Test
  void shouldAbsorbInASupernovaWhatItThrowsAtUs() {
    double[] flux = new double[GRID.pixels()];
    OddSources.supernova(SourceKind.star("Ia"), 0, new SplittableRandom(3), GRID, flux);
    double trough = at(flux, 6357 * (1 - 11_000 / 299_792.458));
    assertThat(trough).isLessThan(0.85 * at(flux, 5840));
    assertThat(trough).isLessThan(0.85 * at(flux, 6450));
    assertThat(Arrays.stream(flux).min().orElseThrow()).isNotNegative();
  }

  @Test
  void shouldDrawStacksWhereTheyCoverWhatIsObserved() throws Exception {
    writeStack(directory.resolve("ALRG-stitched-stack-qmost-template.fits"), 3000, "LAMBDA");
    Path highZ = directory.resolve("ROSAT_AGNT2-highZ-stitched-stack-qmost-template.fits");
    writeStack(highZ, 900, "LAMBDA"); // class in doubt
    writeGalaxies();
    List<UnseenKind> kinds = UnseenKinds.of(directory, LIMITS, Spectrograph.SDSS, REDDEST);
    List<UnseenKind> stacks =
        kinds.stream().filter(kind -> kind.group() == Group.OTHER_TEMPLATES).toList();
    assertThat(stacks).extracting(UnseenKind::name).containsExactly("STACK_ALRG");
    UnseenKind stack = stacks.get(0);
    assertThat(stack.objectClass()).isEqualTo("GALAXY");
    assertThat(stack.greatestZ()).isCloseTo(Spectrograph.SDSS.bluest() / 3000 - 1, within(1e-6));
    double[] flux = new double[GRID.pixels()];
    stack.sources().write(stack.kind(), 0.2, new SplittableRandom(1), GRID, flux);
    int peak = 0;
    for (int i = 0; i < flux.length; i++) {
      peak = flux[i] > flux[peak] ? i : peak;
    }
    assertThat(GRID.wavelength(peak)).isCloseTo(5000 * 1.2, within(2.0));
  }

  @Test
  void shouldNameFileUnitAndColumnOfAStackThatIsLaidOutOtherwise() throws Exception {
    writeGalaxies();
    writeStack(directory.resolve("ALRG-stitched-stack-qmost-template.fits"), 3000, "WAVE");
    assertThatThrownBy(() -> UnseenKinds.of(directory, LIMITS, Spectrograph.SDSS, REDDEST))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll("ALRG", "SPECTRUM", "LAMBDA");
  }

  @Test
  void shouldNameTheKeywordThatEigenspectraLack() throws Exception {
    writeGalaxies();
    writeEigenspectra(directory.resolve("spEigenCVstar-1.fits"), "EIGEN0");
    assertThatThrownBy(() -> UnseenKinds.of(directory, LIMITS, Spectrograph.SDSS, REDDEST))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll("spEigenCVstar-1.fits", "EIGEN1");
  }

  @Test
  void shouldScatterEigenspectraByTheirEigenvalues() throws Exception {
    Path file = directory.resolve("spEigenCVstar-1.fits");
    writeEigenspectra(file, "EIGEN0", "EIGEN1");
    Eigenspectra stars = Eigenspectra.read(file, "CV");
    SplittableRandom random = new SplittableRandom(4);
    double sum = 0;
    int draws = 400;
    for (int i = 0; i < draws; i++) {
      double[] flux = new double[GRID.pixels()];
      assertThat(stars.write(SourceKind.star("CV"), 0, random, GRID, flux)).isEqualTo("CV");
      double scatter = flux[2000] - 1;
      assertThat(Math.abs(scatter)).isLessThanOrEqualTo(1);
      sum += scatter * scatter / draws;
    }
    // Eigenvalues 4 to 1: half, of a normal cut at two deviations 0.88 of it.
    assertThat(Math.sqrt(sum)).isCloseTo(0.44, within(0.04));
  }

  @Test
  void shouldFindTheKindsOfPublishedTemplates() {
    List<UnseenKind> kinds =
        UnseenKinds.of(SharedData.folder("templates"), LIMITS, Spectrograph.BOSS, REDDEST);
    assertThat(kinds)
        .extracting(UnseenKind::name)
        .contains(
            "CATACLYSMIC",
            "EIGEN_GALAXY",
            "STACK_DR16LRG",
            "STACK_DR16_ELG",
            "STACK_ROSAT_AGNT1",
            "STACK_ROSAT_AGNT2");
    for (UnseenKind kind : kinds) {
      SplittableRandom random = new SplittableRandom(6);
      for (int i = 0; i < 10; i++) {
        double[] flux = new double[GRID.pixels()];
        kind.sources().write(kind.kind(), kind.drawZ(random), random, GRID, flux);
        assertThat(Arrays.stream(flux).allMatch(Double::isFinite)).as(kind.name()).isTrue();
        assertThat(Arrays.stream(flux).sum()).as(kind.name()).isPositive();
      }
    }
  }

  private static double at(double[] flux, double wavelength) {
    return flux[(int) Math.round((Math.log10(wavelength) - GRID.log10Start()) / 1e-4)];
  }

  /** A line at 5000 Å on a continuum of 1, up to 11,000 Å in steps of 1 Å. */
  private static void writeStack(Path path, double from, String column) throws Exception {
    int rows = (int) (11_000 - from);
    double[] wavelength = new double[rows];
    double[] flux = new double[rows];
    for (int i = 0; i < rows; i++) {
      wavelength[i] = from + i;
      double x = (wavelength[i] - 5000) / 4;
      flux[i] = 1 + 5 * Math.exp(-0.5 * x * x);
    }
    BinaryTable table = new BinaryTable();
    table.addColumn(wavelength);
    table.addColumn(flux);
    BinaryTableHDU unit = table.toHDU();
    unit.setColumnName(0, column, null);
    unit.setColumnName(1, "FLUX_DENSITY", null);
    unit.addValue("EXTNAME", "SPECTRUM", "");
    try (Fits fits = new Fits()) {
      fits.addHDU(BasicHDU.getDummyHDU());
      fits.addHDU(unit);
      fits.write(path.toFile());
    }
  }

  /** Two constants as vectors, with eigenvalues 4 and 1 where they are named. */
  private static void writeEigenspectra(Path path, String... eigenvalues) throws Exception {
    double[][] vectors = new double[2][4700];
    Arrays.fill(vectors[0], 1);
    Arrays.fill(vectors[1], 1);
    write(path, vectors, eigenvalues);
  }

  private static void write(Path path, double[][] vectors, String... eigenvalues)
      throws FitsException, IOException {
    try (Fits fits = new Fits()) {
      BasicHDU<?> unit = FitsFactory.hduFactory(vectors);
      unit.addValue("COEFF0", 3.55, "");
      unit.addValue("COEFF1", 1e-4, "");
      for (int k = 0; k < eigenvalues.length; k++) {
        unit.addValue(eigenvalues[k], k == 0 ? 4.0 : 1.0, "");
      }
      fits.addHDU(unit);
      fits.write(path.toFile());
    }
  }

  /** What no folder of templates may be without. */
  private void writeGalaxies() throws FitsException, IOException {
    double[][] vectors = new double[1][18_001];
    Arrays.fill(vectors[0], 1);
    try (Fits fits = new Fits()) {
      BasicHDU<?> basis = FitsFactory.hduFactory(vectors);
      basis.addValue("EXTNAME", "BASIS_VECTORS", "");
      basis.addValue("CRVAL1", 1000.0, "");
      basis.addValue("CDELT1", 0.5, "");
      fits.addHDU(basis);
      BasicHDU<?> archetypes = FitsFactory.hduFactory(new double[][] {{1}, {1}});
      archetypes.addValue("EXTNAME", "ARCHETYPE_COEFF", "");
      fits.addHDU(archetypes);
      fits.write(directory.resolve("rrtemplate-galaxy-v0.fits").toFile());
    }
  }
}

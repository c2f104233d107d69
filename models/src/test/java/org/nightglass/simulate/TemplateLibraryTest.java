package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.FitsFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.spectrum.WavelengthGrid;

class TemplateLibraryTest {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.58, 1e-4, 3600);
  private static final String GALAXY = "rrtemplate-galaxy-v0.fits";

  @TempDir Path directory;

  @Test
  void shouldShiftALineByTheRedshift() throws Exception {
    writeGalaxy(directory.resolve(GALAXY), "CRVAL1", 1);
    for (double z : new double[] {0, 0.1, 0.35}) {
      double[] flux = new double[GRID.pixels()];
      Archetypes.read(directory.resolve(GALAXY), 0)
          .write(0, 0, z, new SplittableRandom(1), GRID, flux);
      int peak = 0;
      for (int i = 0; i < flux.length; i++) {
        peak = flux[i] > flux[peak] ? i : peak;
      }
      assertThat(GRID.wavelength(peak)).isCloseTo(5000 * (1 + z), within(1.0));
      assertThat(flux[100]).as("continuum").isCloseTo(1, within(1e-6));
    }
  }

  @Test
  void shouldReadGzippedFilesAlike() throws Exception {
    Path plain = directory.resolve(GALAXY);
    writeGalaxy(plain, "CRVAL1", 1);
    Path gzipped = directory.resolve(GALAXY + ".gz");
    try (InputStream in = Files.newInputStream(plain);
        OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzipped))) {
      in.transferTo(out);
    }
    assertThat(drawFrom(gzipped)).containsExactly(drawFrom(plain));
  }

  @Test
  void shouldNameFileUnitAndKeywordWhenOneIsMissing() throws Exception {
    writeGalaxy(directory.resolve(GALAXY), "WAVE0", 1);
    assertThatThrownBy(() -> TemplateLibrary.read(directory))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll(GALAXY, "BASIS_VECTORS", "CRVAL1", "missing");
  }

  @Test
  void shouldSayThatCoefficientsDoNotFitTheVectors() throws Exception {
    writeGalaxy(directory.resolve(GALAXY), "CRVAL1", 3);
    assertThatThrownBy(() -> TemplateLibrary.read(directory))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll(GALAXY, "ARCHETYPE_COEFF", "NAXIS1 = 3", "1 vector");
  }

  @Test
  void shouldSayThatAFileIsNoFits() throws Exception {
    Files.writeString(directory.resolve(GALAXY), "hello, this is no FITS file");
    assertThatThrownBy(() -> TemplateLibrary.read(directory))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining(GALAXY);
  }

  @Test
  void shouldSayThatThereAreNoGalaxies() {
    assertThatThrownBy(() -> TemplateLibrary.read(directory))
        .isInstanceOf(TemplateException.class)
        .hasMessageContainingAll(directory.toString(), "rrtemplate-galaxy-");
    assertThatThrownBy(() -> TemplateLibrary.read(directory.resolve("nowhere")))
        .isInstanceOf(TemplateException.class)
        .hasMessageContaining("nowhere");
  }

  @Test
  void shouldSimulateFromPublishedTemplates() {
    String data = System.getProperty("nightglass.data", "");
    Path root = Path.of(data.isEmpty() ? "../../shared/data" : data).resolve("templates");
    Assumptions.assumeTrue(Files.isDirectory(root), "no templates at " + root);
    TrainingSimulator simulator =
        new TrainingSimulator(1, TrainingSimulator.sources(root), ModelGrid.SDSS_3600);
    for (SourceClass sourceClass : SourceClass.values()) {
      for (int i = 0; i < 30; i++) {
        TrainingSimulator.Labelled labelled = simulator.spectrum(i, sourceClass);
        for (float value : labelled.spectrum().flux()) {
          assertThat(value).isFinite();
        }
        assertThat(labelled.spectrum().coverage()).isGreaterThan(0.4);
      }
    }
  }

  private static double[] drawFrom(Path path) {
    double[] flux = new double[GRID.pixels()];
    Archetypes.read(path, 0.5).write(0, 1, 0.2, new SplittableRandom(1), GRID, flux);
    return flux;
  }

  /** One vector, a line at 5000 Å on a continuum of 1, on 1000 to 10000 Å in steps of 0.5 Å. */
  private static void writeGalaxy(Path path, String startKeyword, int coefficients)
      throws FitsException, IOException {
    double[][] vectors = new double[1][18_001];
    for (int i = 0; i < vectors[0].length; i++) {
      double x = (1000 + 0.5 * i - 5000) / 3;
      vectors[0][i] = 1 + 5 * Math.exp(-0.5 * x * x);
    }
    double[][] ones = new double[4][coefficients];
    for (double[] row : ones) {
      row[0] = 1;
    }
    try (Fits fits = new Fits()) {
      BasicHDU<?> basis = FitsFactory.hduFactory(vectors);
      basis.addValue("EXTNAME", "BASIS_VECTORS", "");
      basis.addValue(startKeyword, 1000.0, "");
      basis.addValue("CDELT1", 0.5, "");
      fits.addHDU(basis);
      BasicHDU<?> archetypes = FitsFactory.hduFactory(ones);
      archetypes.addValue("EXTNAME", "ARCHETYPE_COEFF", "");
      fits.addHDU(archetypes);
      fits.write(path.toFile());
    }
  }
}

package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nightglass.fits.FitsWriter.columns;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

class FitsSpectraTest {
  private static final int PIXELS = 100;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"spec-0266-51602-0031.fits", "spec-0266-51602-0031.fits.gz", "packed.gz"})
  void shouldReadAnSdssSpectrum(String name) throws IOException {
    Path file =
        new FitsWriter()
            .header("MJD", 51602)
            .header("EXPTIME", 2700.5)
            .header("TAI", (51602.25 * 86_400) + 35)
            .table("COADD", pixels("flux", "loglam", "ivar", "and_mask"))
            .table("SPECOBJ", object("SOURCETYPE", "QSO"))
            .write(folder.resolve(name));
    ObservedSpectrum spectrum = only(file);
    assertThat(spectrum.observation())
        .isEqualTo(
            new Observation(
                "spec-0266-51602-0031",
                "sdss-0266-51602-0031",
                ObjectKind.TARGET,
                "sdss",
                "legacy",
                "0266",
                "0266-51602",
                31,
                145.5,
                -0.25,
                51602.25,
                2700.5,
                "26",
                null,
                "QSO"));
    assertThat(spectrum.arms()).hasSize(1);
    Arm arm = spectrum.arms().get(0);
    assertThat(arm.medium()).isEqualTo(Medium.VACUUM);
    assertThat(arm.flux()[7]).isEqualTo(7);
    assertThat(arm.ivar()[7]).isEqualTo(0.5f);
    WavelengthGrid.Log grid = (WavelengthGrid.Log) arm.grid();
    assertThat(grid.log10Step()).isEqualTo(1e-4);
    // LOGLAM is rounded to 0.001 of these pixels and more; the mean of 100 is better.
    assertThat(grid.log10Start()).isCloseTo(3.5799, within(3e-8));
    assertThat(grid.pixels()).isEqualTo(PIXELS);
  }

  @Test
  void shouldReadABossSpectrumWithUpperCaseColumnsAndNamelessHdus() throws IOException {
    Path file =
        new FitsWriter()
            .header("EXPTIME", 900.0)
            .table("", pixels("FLUX", "LOGLAM", "IVAR", "AND_MASK"))
            .table("", object("OBJTYPE", "SPECTROPHOTO_STD"))
            .write(folder.resolve("boss.fits"));
    ObservedSpectrum spectrum = only(file);
    assertThat(spectrum.observation().kind()).isEqualTo(ObjectKind.STANDARD);
    assertThat(spectrum.observation().selectedAs()).isEqualTo("STAR");
    assertThat(spectrum.observation().mjd()).isEqualTo(51602);
    assertThat(spectrum.arms().get(0).flux()[99]).isEqualTo(99);
  }

  @ParameterizedTest
  @CsvSource({
    "SKY, SKY, ",
    "GALAXY, TARGET, GALAXY",
    "QSO, TARGET, QSO",
    "STAR_BHB, TARGET, STAR",
    "HOT_STD, TARGET, STAR",
    "REDDEN_STD, STANDARD, STAR",
    "ROSAT_D, TARGET, ",
    "NA, TARGET, "
  })
  void shouldTellWhatAnSdssFibreWasPutOn(String type, ObjectKind kind, String selectedAs)
      throws IOException {
    Observation observation = only(sdss("OBJTYPE", type)).observation();
    assertThat(observation.kind()).isEqualTo(kind);
    assertThat(observation.selectedAs()).isEqualTo(selectedAs);
  }

  /** Bit 2 (BADFLAT) and 20 (SCATTEREDLIGHT) are remarks, 18 and 24 are not. */
  @Test
  void shouldKeepOnlyTheMaskBitsThatLeaveNoInformation() throws IOException {
    Arm arm = only(sdss("OBJTYPE", "QSO")).arms().get(0);
    assertThat(arm.good(0)).isTrue();
    assertThat(arm.good(1)).as("BADFLAT").isTrue();
    assertThat(arm.good(2)).as("SCATTEREDLIGHT").isTrue();
    assertThat(arm.good(3)).as("FULLREJECT").isFalse();
    assertThat(arm.good(4)).as("NODATA").isFalse();
  }

  @Test
  void shouldNotTakeTheTimeOfAnExposureOfAnotherNight() throws IOException {
    for (double early : new double[] {51597.3, 51601.69}) {
      Path file =
          new FitsWriter()
              .header("TAI", early * 86_400)
              .table("COADD", pixels("flux", "loglam", "ivar", "and_mask"))
              .table("SPECOBJ", object("OBJTYPE", "QSO"))
              .write(folder.resolve("early.fits"));
      assertThat(only(file).observation().mjd()).isEqualTo(51602);
    }
  }

  @Test
  void shouldKeepWavelengthsThatAreNoRegularGrid() throws IOException {
    Map<String, Object> pixels = pixels("flux", "loglam", "ivar", "and_mask");
    ((float[]) pixels.get("loglam"))[50] += 2e-5f;
    Path file =
        new FitsWriter()
            .table("COADD", pixels)
            .table("SPECOBJ", object("OBJTYPE", "QSO"))
            .write(folder.resolve("bent.fits"));
    assertThat(only(file).arms().get(0).grid()).isInstanceOf(WavelengthGrid.Explicit.class);
  }

  @Test
  void shouldReadADesiCoaddRowByRow() throws IOException {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(desi(3, true))) {
      Iterator<ObservedSpectrum> rows = spectra.iterator();
      for (int row = 0; row < 3; row++) {
        ObservedSpectrum spectrum = rows.next();
        assertThat(spectrum.observation().targetId()).isEqualTo("desi-" + (100 + row));
        assertThat(spectrum.arms()).extracting(Arm::name).containsExactly("b", "r");
        Arm blue = spectrum.arms().get(0);
        assertThat(blue.grid()).isEqualTo(new WavelengthGrid.Linear(3600, 0.8, 50));
        assertThat(blue.flux()[4]).isEqualTo(row * 1000 + 4);
        assertThat(blue.good(4)).isTrue();
        assertThat(blue.good(row)).as("masked pixel of row %d", row).isFalse();
        assertThat(spectrum.arms().get(1).grid())
            .isEqualTo(new WavelengthGrid.Linear(3630, 0.8, 60));
      }
      assertThat(rows.hasNext()).isFalse();
    }
  }

  @Test
  void shouldTakeTheLastExposureForTheTimeOfADesiCoadd() throws IOException {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(desi(3, true))) {
      List<Observation> rows = spectra.map(ObservedSpectrum::observation).toList();
      assertThat(rows.get(0))
          .isEqualTo(
              new Observation(
                  "coadd-4-80613-thru20210324-100",
                  "desi-100",
                  ObjectKind.TARGET,
                  "desi",
                  "dark",
                  "80613",
                  "cumulative-20210324",
                  2000,
                  10.0,
                  -5.0,
                  59298.25,
                  1500.0,
                  "iron",
                  "20210324",
                  "GALAXY"));
      assertThat(rows.get(1).kind()).isEqualTo(ObjectKind.SKY);
      assertThat(rows.get(1).mjd()).isEqualTo(59202.125);
      assertThat(rows.get(1).night()).isEqualTo("20201218");
      assertThat(rows.get(2).selectedAs()).isEqualTo("QSO");
      assertThat(rows.get(2).mjd())
          .as("without exposures: local midnight of the night in the header")
          .isCloseTo(59297 + 7 / 24.0, within(1e-6));
    }
  }

  @Test
  void shouldTakeTheNightFromAFilesNameWhereNothingElseTellsIt() throws IOException {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(desi(1, false))) {
      Observation observation = spectra.toList().get(0).observation();
      assertThat(observation.night()).isEqualTo("20210324");
      assertThat(observation.fibre()).as("not known").isEqualTo(-1);
      assertThat(observation.raDeg()).isNull();
      assertThat(observation.exposureSeconds()).isNull();
      assertThat(observation.programme()).isEqualTo("unknown");
    }
  }

  @Test
  void shouldLeaveNoUnpackedFileBehind() throws IOException {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    long before = unpackedIn(temporary);
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(desi(3, true))) {
      assertThat(unpackedIn(temporary)).isEqualTo(before + 1);
      assertThat(spectra.findFirst()).isPresent();
    }
    assertThat(unpackedIn(temporary)).isEqualTo(before);
    Path broken = folder.resolve("broken.fits.gz");
    byte[] bytes = Files.readAllBytes(desi(3, true));
    Files.write(broken, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> FitsSpectra.read(broken)).isInstanceOf(UnreadableFileException.class);
    assertThat(unpackedIn(temporary)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage", "empty", "missing", "folder", "half", "halfgz"})
  void shouldNameAFileThatIsBroken(String kind) throws IOException {
    Path file = folder.resolve("broken.fits");
    switch (kind) {
      case "garbage" -> Files.writeString(file, "no FITS at all\n".repeat(1000));
      case "empty" -> Files.createFile(file);
      case "folder" -> Files.createDirectory(file);
      case "half" -> {
        byte[] bytes = Files.readAllBytes(sdss("OBJTYPE", "QSO"));
        Files.write(file, Arrays.copyOf(bytes, 6000));
      }
      case "halfgz" -> {
        byte[] bytes = Files.readAllBytes(desi(3, true));
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 50));
      }
      default -> assertThat(file).doesNotExist();
    }
    assertThatThrownBy(
            () -> {
              try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
                spectra.toList();
              }
            })
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageStartingWith(file + ": ")
        .extracting(e -> ((UnreadableFileException) e).file())
        .isEqualTo(file);
  }

  @Test
  void shouldNameTheColumnOrHduThatIsMissing() throws IOException {
    Path noIvar =
        new FitsWriter()
            .table("COADD", columns("flux", new float[3], "loglam", new float[3]))
            .write(folder.resolve("noivar.fits"));
    assertThatThrownBy(() -> FitsSpectra.read(noIvar))
        .hasMessageContaining("neither an SDSS spectrum (HDU 1 with columns FLUX, LOGLAM, IVAR)")
        .hasMessageContaining("[, COADD]");
    Path noPlate =
        new FitsWriter()
            .table("COADD", pixels("flux", "loglam", "ivar", "and_mask"))
            .write(folder.resolve("noplate.fits"));
    assertThatThrownBy(() -> FitsSpectra.read(noPlate))
        .hasMessageContaining("neither HDU 2, column PLATE, nor the header's PLATEID says it");
    Path noFlux =
        new FitsWriter()
            .table("FIBERMAP", columns("TARGETID", new long[] {1}))
            .image("B_WAVELENGTH", wavelengths(3600, 50))
            .write(folder.resolve("noflux.fits"));
    assertThatThrownBy(() -> FitsSpectra.read(noFlux))
        .hasMessageContaining("has no image HDU B_FLUX");
    Path noTarget =
        new FitsWriter()
            .table("FIBERMAP", columns("FIBER", new int[] {1}))
            .image("B_WAVELENGTH", wavelengths(3600, 50))
            .write(folder.resolve("notarget.fits"));
    assertThatThrownBy(() -> FitsSpectra.read(noTarget))
        .hasMessageContaining("HDU 1 (FIBERMAP) has no column TARGETID");
  }

  @Test
  void shouldRefuseImagesThatDoNotFitTheFibreMap() throws IOException {
    Path file =
        new FitsWriter()
            .table("FIBERMAP", columns("TARGETID", new long[] {1, 2}))
            .image("B_WAVELENGTH", wavelengths(3600, 50))
            .image("B_FLUX", new float[2][50])
            .image("B_IVAR", new float[2][49])
            .write(folder.resolve("odd.fits"));
    assertThatThrownBy(() -> FitsSpectra.read(file))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageContaining("HDU 4 (B_IVAR) is 2 × 49 pixels, but FIBERMAP has 2 rows")
        .hasMessageContaining("50 wavelengths");
  }

  private Path desi(int rows, boolean full) throws IOException {
    FitsWriter writer = new FitsWriter();
    long[] ids = new long[rows];
    Arrays.setAll(ids, row -> 100 + row);
    if (full) {
      writer
          .header("SPGRP", "cumulative")
          .header("SPGRPVAL", 20210324)
          .header("NIGHT", 20210323)
          .header("TILEID", 80613)
          .header("PROGRAM", "dark")
          .header("DEPNAM00", "python")
          .header("DEPVER00", "3.10")
          .header("DEPNAM01", "SPECPROD")
          .header("DEPVER01", "iron")
          .table(
              "FIBERMAP",
              columns(
                  "TARGETID",
                  ids,
                  "FIBER",
                  new int[] {2000, 2001, 2002},
                  "TARGET_RA",
                  new double[] {10, 20, 30},
                  "TARGET_DEC",
                  new double[] {-5, -6, -7},
                  "OBJTYPE",
                  new String[] {"TGT", "SKY", "TGT"},
                  "SV1_DESI_TARGET",
                  new long[] {1L << 60, 0, 1L << 2}))
          .table(
              "EXP_FIBERMAP",
              columns(
                  "TARGETID",
                  new long[] {100, 101, 100},
                  "MJD",
                  new double[] {59298.25, 59202.125, 59202.125},
                  "NIGHT",
                  new int[] {20210324, 20201218, 20201218},
                  "EXPTIME",
                  new double[] {900, 600, 600}));
    } else {
      writer.table("FIBERMAP", columns("TARGETID", ids));
    }
    int unsigned = Integer.MIN_VALUE;
    int[][] mask = new int[rows][50];
    float[][] flux = new float[rows][50];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 50; i++) {
        mask[row][i] = unsigned + (i == row ? 1 : 0);
        flux[row][i] = row * 1000 + i;
      }
    }
    return writer
        .image("B_WAVELENGTH", wavelengths(3600, 50))
        .image("B_FLUX", flux)
        .image("B_IVAR", filled(rows, 50))
        .image("B_MASK", mask, 2147483648.0)
        .image("B_RESOLUTION", new float[rows][11][50])
        .image("R_WAVELENGTH", wavelengths(3630, 60))
        .image("R_FLUX", new float[rows][60])
        .image("R_IVAR", filled(rows, 60))
        .write(folder.resolve("coadd-4-80613-thru20210324.fits.gz"));
  }

  private Path sdss(String column, String type) throws IOException {
    return new FitsWriter()
        .table("COADD", pixels("flux", "loglam", "ivar", "and_mask"))
        .table("SPECOBJ", object(column, type))
        .write(folder.resolve("spec.fits"));
  }

  private static Map<String, Object> pixels(String flux, String loglam, String ivar, String mask) {
    float[] f = new float[PIXELS];
    float[] l = new float[PIXELS];
    float[] v = new float[PIXELS];
    int[] m = new int[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      f[i] = i;
      l[i] = (float) (3.5799 + i * 1e-4);
      v[i] = 0.5f;
    }
    m[1] = 1 << 2;
    m[2] = 1 << 20;
    m[3] = 1 << 18;
    m[4] = 1 << 24;
    return columns(flux, f, loglam, l, ivar, v, mask, m);
  }

  private static Map<String, Object> object(String typeColumn, String type) {
    return columns(
        "PLATE",
        new int[] {266},
        "MJD",
        new int[] {51602},
        "FIBERID",
        new int[] {31},
        "PLUG_RA",
        new double[] {145.5},
        "PLUG_DEC",
        new double[] {-0.25},
        "PROGRAMNAME",
        new String[] {"legacy  "},
        "RUN2D",
        new String[] {"26"},
        typeColumn,
        new String[] {type});
  }

  private static double[] wavelengths(double start, int pixels) {
    double[] wavelengths = new double[pixels];
    for (int i = 1; i < pixels; i++) {
      // Added up, as surveys do: off by more and more.
      wavelengths[i] = wavelengths[i - 1] + 0.8;
    }
    return Arrays.stream(wavelengths).map(w -> start + w).toArray();
  }

  private static float[][] filled(int rows, int pixels) {
    float[][] ones = new float[rows][pixels];
    for (float[] row : ones) {
      Arrays.fill(row, 1);
    }
    return ones;
  }

  private static long unpackedIn(Path temporary) throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.filter(f -> f.getFileName().toString().startsWith(FitsFile.UNPACKED)).count();
    }
  }

  private static ObservedSpectrum only(Path file) {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
      List<ObservedSpectrum> all = spectra.toList();
      assertThat(all).hasSize(1);
      return all.get(0);
    }
  }
}

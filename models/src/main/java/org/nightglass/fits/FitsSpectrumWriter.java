package org.nightglass.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import nom.tam.util.FitsOutputStream;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Writes a spectrum as a FITS file that {@link FitsSpectra} and other programs read: one of a
 * single arm on a logarithmic grid in the layout of SDSS's {@code spec-*.fits}, one of several arms
 * in that of a DESI coadd with one row, whoever's arms they are.
 *
 * <p>Files hold what a spectrum's identity is made of, not the identity itself: what {@link
 * FitsSpectra} makes of a file is called after plate, MJD and fibre, or after file and target.
 */
public final class FitsSpectrumWriter {
  private FitsSpectrumWriter() {}

  /**
   * Writes a file, which must not exist.
   *
   * @param number of the spectrum among those written together: SDSS's plate and fibre, DESI's
   *     target; 0 to 8,999,999
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, int number, ObservedSpectrum spectrum) throws IOException {
    if (number < 0 || number > 8_999_999) {
      throw new IllegalArgumentException("number must be 0 to 8,999,999, got " + number);
    }
    try (Fits fits = new Fits()) {
      fits.addHDU(BasicHDU.getDummyHDU());
      if (spectrum.arms().size() == 1) {
        sdss(fits, number, spectrum);
      } else {
        desi(fits, number, spectrum);
      }
      try (OutputStream out =
              Files.newOutputStream(file, java.nio.file.StandardOpenOption.CREATE_NEW);
          FitsOutputStream to = new FitsOutputStream(out)) {
        fits.write(to);
      }
    } catch (FitsException e) {
      throw new IOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static void sdss(Fits fits, int number, ObservedSpectrum spectrum) throws IOException {
    Observation observation = spectrum.observation();
    Arm arm = spectrum.arms().get(0);
    int n = arm.grid().pixels();
    float[] loglam = new float[n];
    for (int i = 0; i < n; i++) {
      loglam[i] = (float) Math.log10(arm.grid().wavelength(i));
    }
    fits.addHDU(
        table(
            "COADD",
            columns(
                "flux",
                arm.flux(),
                "loglam",
                loglam,
                "ivar",
                arm.ivar(),
                "and_mask",
                arm.mask() == null ? new int[n] : arm.mask())));
    String selected = observation.kind() == ObjectKind.SKY ? "SKY" : "NA";
    fits.addHDU(
        table(
            "SPECOBJ",
            columns(
                "PLATE", new int[] {1 + number / 1000},
                "MJD", new int[] {(int) observation.mjd()},
                "FIBERID", new int[] {1 + number % 1000},
                "OBJTYPE", new String[] {selected},
                "PROGRAMNAME", new String[] {observation.programme()},
                "RUN2D", new String[] {observation.reductionVersion()})));
    Double seconds = observation.exposureSeconds();
    if (seconds != null) {
      header(fits).addValue("EXPTIME", seconds, "s");
    }
  }

  private static void desi(Fits fits, int number, ObservedSpectrum spectrum) throws IOException {
    Observation observation = spectrum.observation();
    header(fits).addValue("PROGRAM", observation.programme(), "");
    Double seconds = observation.exposureSeconds();
    fits.addHDU(
        table(
            "FIBERMAP",
            columns(
                "TARGETID", new long[] {1L + number},
                "OBJTYPE", new String[] {observation.kind() == ObjectKind.SKY ? "SKY" : "TGT"},
                "FIBER", new int[] {observation.fibre()},
                "MJD", new double[] {observation.mjd()},
                "COADD_EXPTIME", new double[] {seconds == null ? Double.NaN : seconds})));
    for (Arm arm : spectrum.arms()) {
      String name = arm.name().toUpperCase(Locale.ROOT);
      int n = arm.grid().pixels();
      double[] wavelengths = new double[n];
      for (int i = 0; i < n; i++) {
        wavelengths[i] = arm.grid().wavelength(i);
      }
      fits.addHDU(image(name + "_WAVELENGTH", wavelengths));
      fits.addHDU(image(name + "_FLUX", new float[][] {arm.flux()}));
      fits.addHDU(image(name + "_IVAR", new float[][] {arm.ivar()}));
      fits.addHDU(
          image(name + "_MASK", new int[][] {arm.mask() == null ? new int[n] : arm.mask()}));
    }
  }

  private static Header header(Fits fits) throws IOException {
    return fits.getHDU(0).getHeader();
  }

  private static BasicHDU<?> image(String name, Object pixels) {
    try {
      ImageHDU hdu = (ImageHDU) Fits.makeHDU(pixels);
      hdu.getHeader().addValue("EXTNAME", name, "");
      return hdu;
    } catch (FitsException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }

  private static BinaryTableHDU table(String name, Map<String, Object> columns) {
    BinaryTable table = new BinaryTable();
    List.copyOf(columns.values()).forEach(table::addColumn);
    BinaryTableHDU hdu = table.toHDU();
    int i = 0;
    for (String column : columns.keySet()) {
      hdu.setColumnName(i++, column, null);
    }
    hdu.getHeader().addValue("EXTNAME", name, "");
    return hdu;
  }

  /** Columns by name, in order. */
  private static Map<String, Object> columns(Object... namesAndValues) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return columns;
  }
}

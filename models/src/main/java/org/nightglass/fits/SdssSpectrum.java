package org.nightglass.fits;

import java.util.List;
import java.util.Locale;
import nom.tam.fits.Header;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * An SDSS or BOSS spectrum: {@code spec-PLATE-MJD-FIBER.fits}, with the pixels in HDU 1 and the
 * object in HDU 2. What the survey's pipeline found (CLASS, Z, model) is never read.
 *
 * <p><b>Mask.</b> Most bits of {@code AND_MASK} are remarks, set on pixels that the survey went on
 * to use: whole spectra carry BADFLAT or SCATTEREDLIGHT. Kept are the bits that leave no
 * information of the object: FULLREJECT, NOSKY, NODATA, COMBINEREJ. Bits as in the survey's {@code
 * SPPIXMASK}.
 *
 * <p><b>Grid.</b> {@code LOGLAM} is in single precision, off by up to 0.004 pixels; where it is a
 * grid of equal steps, the steps and start that fit it best are taken. The header's COEFF0 is not:
 * in files cut to the good range it can lie dozens of pixels off.
 *
 * <p><b>Time.</b> The header's TAI is the start of the last exposure in most files, and of one of
 * an earlier night in others; it is taken where it lies in the night that MJD names. SDSS counts
 * its MJD from 0.3 days before 0h, so that a whole night at Apache Point has one number; without
 * TAI the MJD is taken as it is, which lies in the afternoon before the night.
 */
final class SdssSpectrum {
  private static final int FULLREJECT = 1 << 18;
  private static final int NOSKY = 1 << 22;
  private static final int NODATA = 1 << 24;
  private static final int COMBINEREJ = 1 << 25;
  private static final int NO_INFORMATION = FULLREJECT | NOSKY | NODATA | COMBINEREJ;

  /** Greatest distance, in pixels, of LOGLAM from a grid of equal steps. */
  private static final double GRID_TOLERANCE = 0.02;

  private static final double SDSS_DAY = 0.3;
  private static final double SECONDS_PER_DAY = 86_400;
  private static final double TAI_MINUS_UTC = 35;

  private final FitsFile file;
  private final FitsTable pixels;
  private final @Nullable FitsTable object;
  private final Header header;

  private SdssSpectrum(FitsFile file, FitsTable pixels) {
    this.file = file;
    this.pixels = pixels;
    this.object = file.table(2);
    this.header = file.primaryHeader();
  }

  static boolean isOne(FitsTable pixels) {
    return pixels.has("FLUX") && pixels.has("LOGLAM") && pixels.has("IVAR");
  }

  static ObservedSpectrum read(FitsFile file, FitsTable pixels) {
    SdssSpectrum spectrum = new SdssSpectrum(file, pixels);
    return new ObservedSpectrum(spectrum.observation(), List.of(spectrum.arm()));
  }

  private Arm arm() {
    // Spectra are in vacuum, as all headers say; the spectrographs' arms are joined already.
    boolean vacuum = header.getBooleanValue("VACUUM", true);
    return new Arm(
        "sdss",
        grid(pixels.doubles("LOGLAM")),
        vacuum ? Medium.VACUUM : Medium.AIR,
        pixels.floats("FLUX"),
        pixels.floats("IVAR"),
        mask());
  }

  private int @Nullable [] mask() {
    if (!pixels.has("AND_MASK")) {
      return null;
    }
    long[] bits = pixels.longs("AND_MASK");
    int[] mask = new int[bits.length];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = (int) bits[i] & NO_INFORMATION;
    }
    return mask;
  }

  private static WavelengthGrid grid(double[] loglam) {
    int n = loglam.length;
    if (n < 2) {
      return new WavelengthGrid.Explicit(wavelengths(loglam));
    }
    double step = Math.round((loglam[n - 1] - loglam[0]) / (n - 1) * 1e7) / 1e7;
    double start = 0;
    for (int i = 0; i < n; i++) {
      start += (loglam[i] - i * step) / n;
    }
    for (int i = 0; i < n; i++) {
      if (!(Math.abs(loglam[i] - start - i * step) <= GRID_TOLERANCE * step)) {
        return new WavelengthGrid.Explicit(wavelengths(loglam));
      }
    }
    return new WavelengthGrid.Log(start, step, n);
  }

  private static double[] wavelengths(double[] loglam) {
    double[] wavelengths = new double[loglam.length];
    for (int i = 0; i < loglam.length; i++) {
      wavelengths[i] = Math.pow(10, loglam[i]);
    }
    return wavelengths;
  }

  private Observation observation() {
    int plate = identity("PLATE", "PLATEID");
    int mjd = identity("MJD", "MJD");
    int fibre = identity("FIBERID", "FIBERID");
    String name = String.format(Locale.ROOT, "%04d-%05d-%04d", plate, mjd, fibre);
    String selected = selection();
    return new Observation(
        "spec-" + name,
        // Plate, MJD and fibre rather than THING_ID: not every file has one, and it changes from
        // one reduction to the next.
        "sdss-" + name,
        kind(selected),
        "sdss",
        orElse(text("PROGRAMNAME"), "unknown").toLowerCase(Locale.ROOT),
        String.format(Locale.ROOT, "%04d", plate),
        String.format(Locale.ROOT, "%04d-%05d", plate, mjd),
        fibre,
        number("PLUG_RA"),
        number("PLUG_DEC"),
        start(mjd),
        headerNumber("EXPTIME"),
        orElse(text("RUN2D"), "unknown"),
        null,
        selectedAs(selected));
  }

  private int identity(String column, String key) {
    Double value = object == null ? null : object.number(column, 0);
    if (value == null) {
      value = headerNumber(key);
    }
    if (value == null) {
      throw file.unreadable(
          "neither HDU 2, column %s, nor the header's %s says it".formatted(column, key), null);
    }
    return value.intValue();
  }

  private double start(int mjd) {
    Double tai = headerNumber("TAI");
    double precise = tai == null ? mjd : (tai - TAI_MINUS_UTC) / SECONDS_PER_DAY;
    return Math.floor(precise + SDSS_DAY) == mjd ? precise : mjd;
  }

  /** What the target was selected as, in the survey's words: legacy and BOSS name it otherwise. */
  private String selection() {
    String legacy = text("SOURCETYPE");
    return orElse(legacy == null ? text("OBJTYPE") : legacy, "").toUpperCase(Locale.ROOT);
  }

  private static ObjectKind kind(String selection) {
    return switch (selection) {
      case "SKY" -> ObjectKind.SKY;
      case "SPECTROPHOTO_STD", "REDDEN_STD" -> ObjectKind.STANDARD;
      default -> ObjectKind.TARGET;
    };
  }

  private static @Nullable String selectedAs(String selection) {
    if (selection.equals("GALAXY") || selection.equals("QSO")) {
      return selection;
    }
    return selection.startsWith("STAR_") || selection.endsWith("_STD") ? "STAR" : null;
  }

  private @Nullable String text(String column) {
    return object == null ? null : object.text(column, 0);
  }

  private @Nullable Double number(String column) {
    return object == null ? null : object.number(column, 0);
  }

  private @Nullable Double headerNumber(String key) {
    if (!header.containsKey(key)) {
      return null;
    }
    double value = header.getDoubleValue(key, Double.NaN);
    return Double.isFinite(value) ? value : null;
  }

  private static String orElse(@Nullable String text, String other) {
    return text == null ? other : text;
  }
}

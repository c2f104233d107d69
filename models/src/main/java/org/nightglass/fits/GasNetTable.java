package org.nightglass.fits;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Reads the tables that GaSNet-II published to train on: HDU 1, a row a spectrum, with {@code
 * INT_FLUX} (3,600 numbers from log10 λ = 3.58 in steps of 1e-4), {@code CLASS}, {@code SUBCLASS}
 * ({@code nan} where there is none), {@code Z}; {@code PLATE}, {@code MJD}, {@code FIBERID} name
 * the spectrum where they are there. Upper and lower case are one.
 *
 * <p>The tables hold no noise. It is estimated from the flux itself, one value a spectrum, as
 * 1.482602/√6 · median |2·fᵢ − fᵢ₋₂ − fᵢ₊₂| (DER_SNR, Stoehr et al. 2008).
 */
public final class GasNetTable {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.58, 1e-4, 3600);
  private static final List<String> REQUIRED = List.of("INT_FLUX", "CLASS", "Z");

  /** Where a table does not say when: within SDSS's years. */
  private static final double SOME_MJD = 55_000;

  private static final double DER_SNR = 1.482602 / Math.sqrt(6);

  /**
   * A row.
   *
   * @param spectrum on the table's grid; {@code PLATE-MJD-FIBERID} is its name and its target's
   * @param objectClass as the table spells it
   * @param subclass as the table spells it; null where blank
   * @param z redshift
   */
  public record Row(
      ObservedSpectrum spectrum, String objectClass, @Nullable String subclass, double z) {}

  private GasNetTable() {}

  /**
   * Hands every usable row to a reader; one without a class, a redshift or any finite flux is left
   * out.
   *
   * @param path plain or gzipped
   * @return number of rows left out
   * @throws UnreadableFileException if the file is broken, has no table in HDU 1, lacks a column,
   *     or its fluxes are not 3,600 a row
   */
  public static int read(Path path, Consumer<Row> reader) {
    try (FitsFile file = FitsFile.open(path)) {
      FitsTable table = file.table(1);
      if (table == null) {
        throw file.unreadable("has no table in HDU 1; its HDUs are " + file.names(), null);
      }
      List<String> missing = REQUIRED.stream().filter(name -> !table.has(name)).toList();
      if (!missing.isEmpty()) {
        throw file.unreadable("HDU 1 has no column " + String.join(", ", missing), null);
      }
      int leftOut = 0;
      for (int row = 0; row < table.rows(); row++) {
        String objectClass = table.text("CLASS", row);
        Double z = table.number("Z", row);
        float[] flux = table.vector("INT_FLUX", row, GRID.pixels());
        double noise = noise(flux);
        if (objectClass == null || z == null || z <= -1 || noise == 0) {
          leftOut++;
        } else {
          String id = id(file.stem(), table, row);
          reader.accept(
              new Row(
                  spectrum(id, mjd(table, row), flux, noise),
                  objectClass,
                  table.text("SUBCLASS", row),
                  z));
        }
      }
      return leftOut;
    }
  }

  private static String id(String stem, FitsTable table, int row) {
    Double plate = table.number("PLATE", row);
    Double mjd = table.number("MJD", row);
    Double fibre = table.number("FIBERID", row);
    return plate == null || mjd == null || fibre == null
        ? stem + "-" + (row + 1)
        : "%d-%d-%d".formatted(plate.longValue(), mjd.longValue(), fibre.longValue());
  }

  private static double mjd(FitsTable table, int row) {
    Double mjd = table.number("MJD", row);
    return mjd == null ? SOME_MJD : mjd;
  }

  /** Standard deviation of the noise; 0 where there is no contrast. */
  private static double noise(float[] flux) {
    double[] differences = new double[flux.length];
    int n = 0;
    for (int i = 2; i < flux.length - 2; i++) {
      double difference = Math.abs(2.0 * flux[i] - flux[i - 2] - flux[i + 2]);
      if (Double.isFinite(difference)) {
        differences[n++] = difference;
      }
    }
    Arrays.sort(differences, 0, n);
    return n == 0 ? 0 : DER_SNR * differences[n / 2];
  }

  private static ObservedSpectrum spectrum(String id, double mjd, float[] flux, double noise) {
    float[] ivar = new float[flux.length];
    for (int i = 0; i < flux.length; i++) {
      boolean good = Float.isFinite(flux[i]);
      ivar[i] = good ? (float) (1 / (noise * noise)) : 0;
      flux[i] = good ? flux[i] : 0;
    }
    Observation observation =
        new Observation(
            id,
            id,
            ObjectKind.TARGET,
            "sdss",
            "training",
            "0",
            "0",
            1,
            null,
            null,
            mjd,
            null,
            "table",
            null,
            null);
    Arm arm = new Arm("sdss", GRID, Medium.VACUUM, flux, ivar, /* mask= */ null);
    return new ObservedSpectrum(observation, List.of(arm));
  }
}

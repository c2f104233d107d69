package org.nightglass.fits;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table of somebody's redshift predictions in the layout that GaSNet-II publishes: HDU 1, a
 * row a spectrum, with {@code LABEL} (true z), {@code SNR}, {@code CLASS}, {@code SUBCLASS} ({@code
 * nan} where there is none), {@code PRED_BAR} (mean of the members' z), {@code PRED_STD} (their
 * standard deviation); {@code PLATE}, {@code MJD}, {@code FIBERID} name the spectrum where they are
 * there. Upper and lower case are one.
 */
public final class PredictionTable {
  private static final List<String> REQUIRED =
      List.of("LABEL", "SNR", "CLASS", "SUBCLASS", "PRED_BAR", "PRED_STD");

  /**
   * A row; numbers are null where the table's are not finite.
   *
   * @param id {@code PLATE-MJD-FIBERID}, or the row's number from 1
   * @param objectClass as the table spells it
   * @param subclass as the table spells it; null where blank
   * @param trueZ true redshift
   * @param snr signal-to-noise ratio
   * @param z predicted redshift
   * @param zErr its standard deviation
   */
  public record Prediction(
      String id,
      String objectClass,
      @Nullable String subclass,
      @Nullable Double trueZ,
      @Nullable Double snr,
      @Nullable Double z,
      @Nullable Double zErr) {}

  private PredictionTable() {}

  /**
   * @param path plain or gzipped
   * @throws UnreadableFileException if it is broken, has no table in HDU 1, or lacks a column
   */
  public static List<Prediction> read(Path path) {
    try (FitsFile file = FitsFile.open(path)) {
      FitsTable table = file.table(1);
      if (table == null) {
        throw file.unreadable("has no table in HDU 1; its HDUs are " + file.names(), null);
      }
      List<String> missing = REQUIRED.stream().filter(name -> !table.has(name)).toList();
      if (!missing.isEmpty()) {
        throw file.unreadable("HDU 1 has no column " + String.join(", ", missing), null);
      }
      List<Prediction> rows = new ArrayList<>(table.rows());
      for (int row = 0; row < table.rows(); row++) {
        String objectClass = table.text("CLASS", row);
        rows.add(
            new Prediction(
                id(table, row),
                objectClass == null ? "UNKNOWN" : objectClass,
                table.text("SUBCLASS", row),
                table.number("LABEL", row),
                table.number("SNR", row),
                table.number("PRED_BAR", row),
                table.number("PRED_STD", row)));
      }
      return rows;
    }
  }

  private static String id(FitsTable table, int row) {
    Double plate = table.number("PLATE", row);
    Double mjd = table.number("MJD", row);
    Double fibre = table.number("FIBERID", row);
    return plate == null || mjd == null || fibre == null
        ? Integer.toString(row + 1)
        : "%d-%d-%d".formatted(plate.longValue(), mjd.longValue(), fibre.longValue());
  }
}

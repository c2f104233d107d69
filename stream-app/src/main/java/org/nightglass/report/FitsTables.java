package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.util.FitsFile;
import org.nightglass.serve.Column;

/**
 * The report's tables as one FITS file, an extension each (FITS Standard 4.0, section 7.3). Columns
 * and their texts are those of the API's document. What cannot be given is null in FITS' own way:
 * TNULL for whole numbers, NaN for others, blanks for text.
 */
final class FitsTables {
  /** Null of whole numbers: no count and no fibre is so small. */
  private static final long NULL = Long.MIN_VALUE;

  private static final short NULL_FLAG = -1;
  private static final int MOST_COMMENT = 68;

  private FitsTables() {}

  static void write(NightReport report, List<NightTable> tables, Path file) throws IOException {
    try (Fits fits = new Fits();
        FitsFile out = new FitsFile(file.toFile(), "rw")) {
      BasicHDU<?> primary = BasicHDU.getDummyHDU();
      describe(primary.getHeader(), report);
      fits.addHDU(primary);
      for (NightTable table : tables) {
        fits.addHDU(hdu(report, table));
      }
      fits.write(out);
    } catch (FitsException e) {
      throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
  }

  private static void describe(Header header, NightReport report) throws FitsException {
    JsonNode account = report.overview().path("account");
    header.addValue("ORIGIN", "Nightglass", "program that wrote this");
    header.addValue("NIGHT", report.night(), "local date at the start of the night");
    header.addValue("STATE", account.path("state").asText("UNKNOWN"), "state of the account");
    header.addValue("REVISION", account.path("revision").asLong(0), "revision of the account");
    String made = account.path("made_at").asText("");
    if (!made.isEmpty()) {
      header.addValue("DATE", made.replace("Z", ""), "when the account was made (UTC)");
    }
    header.addValue("TIMESYS", "UTC", "of all times");
  }

  private static BinaryTableHDU hdu(NightReport report, NightTable table) throws FitsException {
    List<Column> columns = Column.of(table.schema());
    BinaryTable data = new BinaryTable();
    for (Column column : columns) {
      data.addColumn(values(column, table.rows()));
    }
    BinaryTableHDU hdu = data.toHDU();
    Header header = hdu.getHeader();
    header.addValue("EXTNAME", table.name().toUpperCase(Locale.ROOT), "name of this table");
    describe(header, report);
    for (int i = 0; i < columns.size(); i++) {
      describe(hdu, i, columns.get(i));
    }
    return hdu;
  }

  private static Object values(Column column, List<JsonNode> rows) {
    return switch (column.type()) {
      case INTEGER -> rows.stream().mapToLong(row -> column.of(row).asLong(NULL)).toArray();
      case NUMBER ->
          rows.stream().mapToDouble(row -> column.of(row).asDouble(Double.NaN)).toArray();
      case FLAG -> flags(column, rows);
      // A column is at least one character wide.
      case TEXT ->
          rows.stream()
              .map(row -> ascii(column.text(row)))
              .map(text -> text.isEmpty() ? " " : text)
              .toArray(String[]::new);
    };
  }

  private static short[] flags(Column column, List<JsonNode> rows) {
    short[] flags = new short[rows.size()];
    for (int i = 0; i < flags.length; i++) {
      JsonNode value = column.of(rows.get(i));
      flags[i] = value.isBoolean() ? (short) (value.asBoolean() ? 1 : 0) : NULL_FLAG;
    }
    return flags;
  }

  private static void describe(BinaryTableHDU hdu, int i, Column column) throws FitsException {
    Header header = hdu.getHeader();
    String number = Integer.toString(i + 1);
    header.addValue("TTYPE" + number, column.name().toUpperCase(Locale.ROOT), null);
    String unit = unit(column.name());
    if (!unit.isEmpty()) {
      header.addValue("TUNIT" + number, unit, null);
    }
    switch (column.type()) {
      case INTEGER -> {
        header.addValue("TNULL" + number, NULL, "not given");
        header.addValue("TDISP" + number, "I12", null);
      }
      case NUMBER ->
          header.addValue("TDISP" + number, unit.equals("deg") ? "F12.7" : "G15.7", null);
      case FLAG -> {
        header.addValue("TNULL" + number, NULL_FLAG, "not known");
        header.addValue("TDISP" + number, "I2", "1 = true, 0 = false");
      }
      case TEXT ->
          header.addValue(
              "TDISP" + number, "A" + hdu.getData().getDescriptor(i).getStringLength(), null);
    }
    for (String line : wrapped(column.name().toUpperCase(Locale.ROOT) + ": " + column.text())) {
      header.insertComment(line);
    }
  }

  /** The unit that the contract's names end in. */
  private static String unit(String name) {
    if (name.endsWith("_deg")) {
      return "deg";
    }
    return name.endsWith("_seconds") ? "s" : "";
  }

  private static List<String> wrapped(String text) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : ascii(text).split("\\s+", -1)) {
      if (line.length() + word.length() + 1 > MOST_COMMENT && !line.isEmpty()) {
        lines.add(line.toString());
        line = new StringBuilder("  ");
      } else if (!line.isEmpty()) {
        line.append(' ');
      }
      line.append(word, 0, Math.min(word.length(), MOST_COMMENT - 2));
    }
    lines.add(line.toString());
    return lines;
  }

  /** FITS knows printable ASCII only. */
  private static String ascii(String text) {
    return Normalizer.normalize(
            text.replace("Å", "Angstrom").replace("·", "*"), Normalizer.Form.NFKD)
        .replaceAll("[^\\x20-\\x7e]", "?");
  }
}

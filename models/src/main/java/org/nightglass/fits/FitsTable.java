package org.nightglass.fits;

import java.util.Locale;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import org.jspecify.annotations.Nullable;

/** A binary table whose columns are found whatever the case of their names. */
final class FitsTable {
  private final FitsFile file;
  private final String where;
  private final BinaryTableHDU hdu;

  FitsTable(FitsFile file, String where, BinaryTableHDU hdu) {
    this.file = file;
    this.where = where;
    this.hdu = hdu;
  }

  int rows() {
    return hdu.getNRows();
  }

  boolean has(String column) {
    return index(column) >= 0;
  }

  /** A column of numbers of any type as floats. */
  float[] floats(String column) {
    Object values = column(column);
    if (values instanceof float[] floats) {
      return floats;
    }
    double[] doubles = doubles(column);
    float[] floats = new float[doubles.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** A column of numbers of any type as doubles. */
  double[] doubles(String column) {
    Object values = column(column);
    double[] doubles = Numbers.doubles(values);
    if (doubles == null) {
      throw fault(column, "holds %s, not one number a row", values.getClass().getSimpleName());
    }
    return doubles;
  }

  /** A column of whole numbers of up to 64 bits. */
  long[] longs(String column) {
    Object values = column(column);
    long[] longs = Numbers.longs(values);
    if (longs == null) {
      throw fault(
          column, "holds %s, not one whole number a row", values.getClass().getSimpleName());
    }
    return longs;
  }

  /**
   * A number of one row, also of a column of vectors of one element; null where there is no such
   * column or the number is not finite.
   */
  @Nullable Double number(String column, int row) {
    if (!has(column)) {
      return null;
    }
    try {
      Object cell = hdu.getData().get(row, index(column));
      double[] vector = Numbers.doubles(cell);
      double value =
          vector != null && vector.length == 1
              ? vector[0]
              : hdu.getData().getDouble(row, index(column));
      return Double.isFinite(value) ? value : null;
    } catch (RuntimeException e) {
      throw fault(column, "row %d cannot be read as a number", row, e);
    }
  }

  /** A vector of numbers of one row, as long as is asked for. */
  float[] vector(String column, int row, int length) {
    double[] values;
    try {
      values = Numbers.doubles(hdu.getData().get(row, index(column)));
    } catch (RuntimeException e) {
      throw fault(column, "row %d cannot be read as numbers", row, e);
    }
    if (values == null || values.length != length) {
      throw fault(
          column,
          "row %d holds %s numbers, not %d",
          row,
          values == null ? "no" : Integer.toString(values.length),
          length);
    }
    float[] floats = new float[length];
    for (int i = 0; i < length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  /** A text of one row, trimmed; null where there is no such column or it is blank. */
  @Nullable String text(String column, int row) {
    if (!has(column)) {
      return null;
    }
    try {
      String text = hdu.getData().getString(row, index(column)).trim();
      return text.isEmpty() ? null : text;
    } catch (RuntimeException e) {
      throw fault(column, "row %d cannot be read as text", row, e);
    }
  }

  private Object column(String column) {
    int index = index(column);
    if (index < 0) {
      throw file.unreadable(where + " has no column " + column, null);
    }
    try {
      BinaryTable data = hdu.getData();
      return data.getColumn(index);
    } catch (RuntimeException e) {
      throw file.unreadable("%s, column %s cannot be read".formatted(where, column), e);
    }
  }

  private int index(String column) {
    for (int i = 0; i < hdu.getNCols(); i++) {
      String name = hdu.getColumnName(i);
      if (name != null && name.trim().toUpperCase(Locale.ROOT).equals(column)) {
        return i;
      }
    }
    return -1;
  }

  private UnreadableFileException fault(String column, String message, Object... values) {
    Object last = values[values.length - 1];
    return file.unreadable(
        "%s, column %s %s".formatted(where, column, message.formatted(values)),
        last instanceof Throwable cause ? cause : null);
  }
}

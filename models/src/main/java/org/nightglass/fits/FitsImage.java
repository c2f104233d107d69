package org.nightglass.fits;

import java.io.IOException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;

/** An image of which single rows are read, so that a file of thousands needs little memory. */
final class FitsImage {
  private final FitsFile file;
  private final String where;
  private final ImageHDU hdu;
  private final int rows;
  private final int columns;

  FitsImage(FitsFile file, String where, ImageHDU hdu) {
    this.file = file;
    this.where = where;
    this.hdu = hdu;
    Header header = hdu.getHeader();
    int axes = header.getIntValue("NAXIS");
    if (axes < 1 || axes > 2) {
      throw file.unreadable("%s has %d axes, not 1 or 2".formatted(where, axes), null);
    }
    this.columns = header.getIntValue("NAXIS1");
    this.rows = axes == 2 ? header.getIntValue("NAXIS2") : 1;
  }

  int rows() {
    return rows;
  }

  int columns() {
    return columns;
  }

  /** Where the image stands, for messages. */
  String where() {
    return where;
  }

  /** A row as floats. */
  float[] floats(int row) {
    if (tile(row) instanceof float[] values && !isScaled()) {
      return values;
    }
    double[] doubles = doubles(row);
    float[] floats = new float[columns];
    for (int i = 0; i < columns; i++) {
      floats[i] = (float) doubles[i];
    }
    return floats;
  }

  /** A row as doubles, with BSCALE and BZERO applied. */
  double[] doubles(int row) {
    double[] values = Numbers.doubles(tile(row));
    if (values == null) {
      throw file.unreadable(where + " holds no numbers", null);
    }
    double scale = hdu.getHeader().getDoubleValue("BSCALE", 1);
    double zero = hdu.getHeader().getDoubleValue("BZERO", 0);
    if (isScaled()) {
      for (int i = 0; i < values.length; i++) {
        values[i] = values[i] * scale + zero;
      }
    }
    return values;
  }

  /**
   * A row of bitmasks of up to 32 bits. Unsigned ones come with a BZERO of 2³¹, without which every
   * pixel would look masked.
   */
  int[] bits(int row) {
    double[] values = doubles(row);
    int[] bits = new int[columns];
    for (int i = 0; i < columns; i++) {
      bits[i] = (int) (long) values[i];
    }
    return bits;
  }

  private boolean isScaled() {
    return hdu.getHeader().getDoubleValue("BSCALE", 1) != 1
        || hdu.getHeader().getDoubleValue("BZERO", 0) != 0;
  }

  private Object tile(int row) {
    try {
      return rows == 1 && hdu.getAxes().length == 1
          ? hdu.getTiler().getTile(new int[] {0}, new int[] {columns})
          : hdu.getTiler().getTile(new int[] {row, 0}, new int[] {1, columns});
    } catch (IOException | RuntimeException e) {
      throw file.unreadable("%s, row %d cannot be read".formatted(where, row), e);
    }
  }
}

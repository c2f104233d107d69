package org.nightglass.fits;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTable;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.Header;
import nom.tam.util.FitsOutputStream;

/** Writes small FITS files as surveys write them. */
final class FitsWriter {
  private final Fits fits = new Fits();

  FitsWriter() {
    fits.addHDU(BasicHDU.getDummyHDU());
  }

  FitsWriter header(String key, Object value) throws IOException {
    put(fits.getHDU(0).getHeader(), key, value);
    return this;
  }

  FitsWriter table(String name, Map<String, Object> columns) {
    BinaryTable table = new BinaryTable();
    columns.values().forEach(table::addColumn);
    BinaryTableHDU hdu = table.toHDU();
    int i = 0;
    for (String column : columns.keySet()) {
      hdu.setColumnName(i++, column, null);
    }
    if (!name.isEmpty()) {
      put(hdu.getHeader(), "EXTNAME", name);
    }
    fits.addHDU(hdu);
    return this;
  }

  FitsWriter image(String name, Object pixels) {
    return image(name, pixels, 0);
  }

  FitsWriter image(String name, Object pixels, double zero) {
    BasicHDU<?> hdu = Fits.makeHDU(pixels);
    put(hdu.getHeader(), "EXTNAME", name);
    if (zero != 0) {
      put(hdu.getHeader(), "BZERO", zero);
    }
    fits.addHDU(hdu);
    return this;
  }

  Path write(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = file.toString().endsWith(".gz") ? new GZIPOutputStream(out) : out;
        FitsOutputStream to = new FitsOutputStream(packed)) {
      fits.write(to);
    }
    return file;
  }

  /** Columns by name, in order. */
  static Map<String, Object> columns(Object... namesAndValues) {
    Map<String, Object> columns = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      columns.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return columns;
  }

  private static void put(Header header, String key, Object value) {
    if (value instanceof Integer number) {
      header.addValue(key, number, "");
    } else if (value instanceof Double number) {
      header.addValue(key, number, "");
    } else if (value instanceof Boolean truth) {
      header.addValue(key, truth, "");
    } else {
      header.addValue(key, value.toString(), "");
    }
  }
}

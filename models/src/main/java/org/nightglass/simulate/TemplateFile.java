package org.nightglass.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import nom.tam.util.ArrayFuncs;
import org.jspecify.annotations.Nullable;

/** A template file of FITS images and tables, plain or gzipped, read whole. */
final class TemplateFile {
  private final Path path;
  private final List<BasicHDU<?>> units;

  private TemplateFile(Path path, List<BasicHDU<?>> units) {
    this.path = path;
    this.units = units;
  }

  static TemplateFile read(Path path) {
    try (Fits fits = new Fits(path.toFile())) {
      List<BasicHDU<?>> units = new ArrayList<>();
      for (BasicHDU<?> unit : fits.read()) {
        unit.getKernel(); // the file closes before the pixels are asked for
        units.add(unit);
      }
      if (units.isEmpty()) {
        throw new TemplateException(path + ": holds no HDU");
      }
      return new TemplateFile(path, units);
    } catch (IOException | RuntimeException e) {
      if (e instanceof TemplateException known) {
        throw known;
      }
      throw new TemplateException(path + ": not readable as FITS: " + e.getMessage(), e);
    }
  }

  boolean has(String extension) {
    return find(extension) != null;
  }

  /** A vector of values a row. The primary HDU answers to its EXTNAME, or to {@code PRIMARY}. */
  double[][] image(String extension) {
    BasicHDU<?> unit = require(extension);
    try {
      if (unit instanceof ImageHDU && unit.getKernel() != null) {
        Object values = ArrayFuncs.convertArray(unit.getKernel(), double.class);
        if (values instanceof double[][] rows && rows.length > 0 && rows[0].length > 0) {
          return rows;
        }
      }
    } catch (FitsException e) {
      throw new TemplateException(where(extension) + ": " + e.getMessage(), e);
    }
    throw new TemplateException(where(extension) + ": NAXIS must be 2, one row a vector");
  }

  /** A keyword's text; empty where there is none. */
  String text(String extension, String keyword) {
    String value = require(extension).getHeader().getStringValue(keyword);
    return value == null ? "" : value.strip();
  }

  /** A column of numbers. */
  double[] column(String extension, String name) {
    if (!(require(extension) instanceof BinaryTableHDU table)) {
      throw new TemplateException(where(extension) + ": XTENSION must be BINTABLE");
    }
    int column = table.findColumn(name);
    if (column < 0) {
      throw new TemplateException(where(extension) + ": no TTYPEn is '" + name + "'");
    }
    try {
      Object values = ArrayFuncs.flatten(table.getColumn(column));
      return (double[]) ArrayFuncs.convertArray(values, double.class);
    } catch (RuntimeException e) {
      throw new TemplateException(
          where(extension) + ": column " + name + " is no column of numbers", e);
    }
  }

  /** The wavelengths of an image's columns. */
  PixelScale scale(String extension, boolean logByDefault) {
    Header header = require(extension).getHeader();
    String start = header.containsKey("COEFF0") ? "COEFF0" : "CRVAL1";
    String step = header.containsKey("COEFF1") ? "COEFF1" : "CDELT1";
    boolean log = header.containsKey("LOGLAM") ? isTrue(header, "LOGLAM") : logByDefault;
    double first = number(extension, header, start);
    double delta = number(extension, header, step);
    double lowest = log ? 1 : 10;
    if (!(first >= lowest && first < 1e6) || (log && first > 6)) {
      throw new TemplateException(
          where(extension)
              + ": keyword %s = %s is no %s in Å"
                  .formatted(start, first, log ? "log10 of a wavelength" : "wavelength"));
    }
    if (!(delta > 0 && delta < 100)) {
      throw new TemplateException(
          where(extension) + ": keyword %s = %s must be positive".formatted(step, delta));
    }
    return new PixelScale(log, first, delta);
  }

  /**
   * Wavelengths in equal steps.
   *
   * @param log whether {@code first} and {@code step} are in log10 of Å rather than in Å
   */
  record PixelScale(boolean log, double first, double step) {}

  /** A keyword's number. */
  double number(String extension, String keyword) {
    return number(extension, require(extension).getHeader(), keyword);
  }

  private double number(String extension, Header header, String keyword) {
    double value = header.getDoubleValue(keyword, Double.NaN);
    if (Double.isNaN(value)) {
      throw new TemplateException(where(extension) + ": keyword " + keyword + " is missing");
    }
    return value;
  }

  /** LOGLAM stands as 1, T or F. */
  private static boolean isTrue(Header header, String keyword) {
    return header.getBooleanValue(keyword, header.getIntValue(keyword, 0) != 0);
  }

  private BasicHDU<?> require(String extension) {
    BasicHDU<?> unit = find(extension);
    if (unit == null) {
      List<String> names = new ArrayList<>();
      for (int i = 0; i < units.size(); i++) {
        names.add(nameOf(i));
      }
      throw new TemplateException(
          "%s: no HDU has the keyword EXTNAME = '%s'; there are %s"
              .formatted(path, extension, names));
    }
    return unit;
  }

  private @Nullable BasicHDU<?> find(String extension) {
    for (int i = 0; i < units.size(); i++) {
      if (nameOf(i).equals(extension)) {
        return units.get(i);
      }
    }
    return null;
  }

  private String nameOf(int index) {
    String name = units.get(index).getHeader().getStringValue("EXTNAME");
    return name != null && !name.isBlank() ? name.strip() : index == 0 ? "PRIMARY" : "";
  }

  private String where(String extension) {
    return path + ", HDU " + extension;
  }
}

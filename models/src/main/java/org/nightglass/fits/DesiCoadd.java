package org.nightglass.fits;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * A DESI coadd: one spectrum a row of FIBERMAP, its pixels in the same row of the images {@code
 * B_FLUX}, {@code B_IVAR}, {@code B_MASK} and so on, one set an arm. Any set mask bit means no
 * information, as DESI's own redshift fitter takes it.
 *
 * <p>One row's pixels are in memory at a time.
 */
final class DesiCoadd implements Iterator<ObservedSpectrum> {
  private static final String WAVELENGTH = "_WAVELENGTH";

  /** Greatest distance of a wavelength from a linear grid, in pixels. */
  private static final double GRID_TOLERANCE = 1e-4;

  private final DesiObservations observations;
  private final List<ArmImages> arms = new ArrayList<>();
  private final int rows;
  private int next;

  DesiCoadd(FitsFile file) {
    FitsTable fibremap = file.table("FIBERMAP");
    if (fibremap == null) {
      throw file.unreadable("FIBERMAP is no table", null);
    }
    this.rows = fibremap.rows();
    this.observations = new DesiObservations(file, fibremap);
    for (String name : file.names()) {
      if (name.endsWith(WAVELENGTH)) {
        String arm = name.substring(0, name.length() - WAVELENGTH.length());
        arms.add(ArmImages.open(file, arm, rows));
      }
    }
  }

  static boolean isOne(FitsFile file) {
    List<String> names = file.names();
    return names.contains("FIBERMAP") && names.stream().anyMatch(n -> n.endsWith(WAVELENGTH));
  }

  @Override
  public boolean hasNext() {
    return next < rows;
  }

  @Override
  public ObservedSpectrum next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int row = next++;
    return new ObservedSpectrum(
        observations.row(row), arms.stream().map(arm -> arm.row(row)).toList());
  }

  /** One arm's images. */
  private record ArmImages(
      String name, WavelengthGrid grid, FitsImage flux, FitsImage ivar, @Nullable FitsImage mask) {

    static ArmImages open(FitsFile file, String arm, int rows) {
      FitsImage wavelength = required(file, arm + WAVELENGTH);
      FitsImage flux = required(file, arm + "_FLUX");
      FitsImage ivar = required(file, arm + "_IVAR");
      FitsImage mask = file.image(arm + "_MASK");
      for (FitsImage image : mask == null ? List.of(flux, ivar) : List.of(flux, ivar, mask)) {
        if (image.rows() != rows || image.columns() != wavelength.columns()) {
          throw file.unreadable(
              "%s is %d × %d pixels, but FIBERMAP has %d rows and %s%s %d wavelengths"
                  .formatted(
                      image.where(),
                      image.rows(),
                      image.columns(),
                      rows,
                      arm,
                      WAVELENGTH,
                      wavelength.columns()),
              null);
        }
      }
      return new ArmImages(
          arm.toLowerCase(Locale.ROOT), gridOf(wavelength.doubles(0)), flux, ivar, mask);
    }

    private static FitsImage required(FitsFile file, String name) {
      FitsImage image = file.image(name);
      if (image == null) {
        throw file.unreadable("has no image HDU " + name, null);
      }
      return image;
    }

    Arm row(int row) {
      return new Arm(
          name,
          grid,
          Medium.VACUUM,
          flux.floats(row),
          ivar.floats(row),
          mask == null ? null : mask.bits(row));
    }

    private static WavelengthGrid gridOf(double[] wavelengths) {
      int n = wavelengths.length;
      if (n < 2) {
        return new WavelengthGrid.Explicit(wavelengths);
      }
      double start = wavelengths[0];
      // Steps are given to a millionth of an Å at best; the rest is rounding of the ends.
      double step = Math.round((wavelengths[n - 1] - start) / (n - 1) * 1e6) / 1e6;
      for (int i = 0; i < n; i++) {
        if (!(Math.abs(wavelengths[i] - start - i * step) <= GRID_TOLERANCE * step)) {
          return new WavelengthGrid.Explicit(wavelengths);
        }
      }
      return new WavelengthGrid.Linear(start, step, n);
    }
  }
}

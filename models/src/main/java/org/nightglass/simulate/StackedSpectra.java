package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * One spectrum at rest, a table of wavelength and flux density, as 4MOST's templates stacked of
 * many observed spectra are.
 */
final class StackedSpectra implements SourceLibrary {
  private static final String TABLE = "SPECTRUM";
  private static final double STEP = 1e-4;
  private static final double[] ONE = {1};

  private final double first;
  private final double last;
  private final RestBasis basis;

  private StackedSpectra(double first, double last, RestBasis basis) {
    this.first = first;
    this.last = last;
    this.basis = basis;
  }

  /**
   * @throws TemplateException if the layout is another
   */
  static StackedSpectra read(Path path) {
    TemplateFile file = TemplateFile.read(path);
    double[] wavelength = file.column(TABLE, "LAMBDA");
    double[] flux = file.column(TABLE, "FLUX_DENSITY");
    for (int i = 0; i < wavelength.length; i++) {
      if (!(wavelength[i] > 0) || (i > 0 && wavelength[i] <= wavelength[i - 1])) {
        throw new TemplateException(
            "%s, HDU %s: column LAMBDA must rise from above 0, got %s in row %d"
                .formatted(path, TABLE, wavelength[i], i + 1));
      }
    }
    if (wavelength.length < 2) {
      throw new TemplateException(path + ", HDU " + TABLE + ": fewer than two rows");
    }
    double start = Math.log10(wavelength[0]);
    int pixels = (int) ((Math.log10(wavelength[wavelength.length - 1]) - start) / STEP);
    double[] row = new double[pixels];
    for (int i = 0, j = 0; i < pixels; i++) {
      double at = Math.pow(10, start + i * STEP);
      while (j < wavelength.length - 2 && wavelength[j + 1] < at) {
        j++;
      }
      double share = (at - wavelength[j]) / (wavelength[j + 1] - wavelength[j]);
      row[i] = flux[j] + Math.max(0, Math.min(1, share)) * (flux[j + 1] - flux[j]);
    }
    double mean = Arrays.stream(row).map(Math::abs).average().orElse(0);
    if (!(mean > 0 && mean < Double.MAX_VALUE)) {
      throw new TemplateException(path + ", HDU " + TABLE + ": no flux");
    }
    double[] scaled = Arrays.stream(row).map(value -> value / mean).toArray();
    return new StackedSpectra(
        wavelength[0],
        wavelength[wavelength.length - 1],
        RestBasis.of(new TemplateFile.PixelScale(true, start, STEP), new double[][] {scaled}));
  }

  /** The shortest wavelength at rest, Å. */
  double first() {
    return first;
  }

  /** The longest wavelength at rest, Å. */
  double last() {
    return last;
  }

  @Override
  public String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    Arrays.fill(flux, 0);
    basis.add(ONE, z, grid, flux);
    return "";
  }
}

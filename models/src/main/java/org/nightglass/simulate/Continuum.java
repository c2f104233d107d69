package org.nightglass.simulate;

import java.util.function.DoubleUnaryOperator;
import org.nightglass.spectrum.WavelengthGrid;

/** Evaluates smooth functions of wavelength on a grid. */
final class Continuum {
  /** Nodes stand this far apart, 0.4 % in wavelength; between them the function is linear. */
  private static final int SPACING = 16;

  private Continuum() {}

  /**
   * Writes a function that is smooth on the scale of 0.4 % in wavelength.
   *
   * @param function of the wavelength at rest, Å
   */
  static void write(
      WavelengthGrid.Log grid, double z, DoubleUnaryOperator function, double[] flux) {
    int pixels = grid.pixels();
    double left = function.applyAsDouble(grid.wavelength(0) / (1 + z));
    for (int start = 0; start < pixels; start += SPACING) {
      double right = function.applyAsDouble(grid.wavelength(start + SPACING) / (1 + z));
      for (int i = start; i < Math.min(pixels, start + SPACING); i++) {
        flux[i] = left + (right - left) * (i - start) / SPACING;
      }
      left = right;
    }
  }

  /** Multiplies by a smooth function of the observed wavelength. */
  static void multiply(WavelengthGrid.Log grid, DoubleUnaryOperator function, double[] flux) {
    double[] factors = new double[flux.length];
    write(grid, 0, function, factors);
    for (int i = 0; i < flux.length; i++) {
      flux[i] *= factors[i];
    }
  }
}

package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Quasars: a broken power law with the small blue bump and iron, broad lines whose equivalent
 * widths scatter around those of composite spectra (Vanden Berk et al. 2001), narrow lines, and the
 * Lyman α forest.
 */
final class ParametricQuasars {
  static final double LYMAN_ALPHA = 1215.67;
  private static final double LYMAN_LIMIT = 911.75;

  /** Broad lines: wavelength in vacuum (Å), equivalent width at rest (Å), share that blueshifts. */
  private static final double[][] BROAD = {
    {1033.8, 9, 0.3},
    {1215.67, 85, 0.2},
    {1240.81, 18, 0.4},
    {1305.50, 3, 0.2},
    {1335.30, 1.5, 0.2},
    {1398.30, 8, 0.7},
    {1549.06, 32, 1.0},
    {1640.42, 5, 0.8},
    {1857.80, 3, 0.3},
    {1908.73, 21, 0.3},
    {2326.00, 3, 0.1},
    {2798.75, 32, 0.05},
    {4102.89, 6, 0},
    {4341.68, 14, 0},
    {4862.68, 48, 0},
    {5877.25, 6, 0},
    {6564.61, 200, 0},
  };

  /** Iron complexes as broad bumps: wavelength (Å), σ (km/s), height over the continuum. */
  private static final double[][] IRON = {
    {1790, 5500, 0.05},
    {2080, 7000, 0.07},
    {2410, 9000, 0.16},
    {2560, 6000, 0.16},
    {2960, 6000, 0.10},
    {3180, 6500, 0.10},
    {4570, 4500, 0.12},
    {5190, 1800, 0.06},
    {5300, 2600, 0.10},
  };

  private ParametricQuasars() {}

  static void write(double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double blueSlope = Draw.truncatedNormal(random, -1.5, 0.4, -2.8, 0);
    double redSlope = Draw.truncatedNormal(random, 0, 0.4, -1.2, 1);
    double bump = Draw.uniform(random, 0, 0.3);
    Continuum.write(
        grid,
        z,
        rest -> {
          double slope = rest < 4800 ? blueSlope : redSlope;
          double wide = Math.log(rest / 3000) / 0.17;
          return Math.pow(rest / 4800, slope) * (1 + bump * Math.exp(-0.5 * wide * wide));
        },
        flux);
    Lines lines = new Lines(grid, flux);
    double iron = Draw.logNormal(random, 1, 0.5);
    for (double[] bumpLine : IRON) {
      double observed = bumpLine[0] * (1 + z);
      lines.addProfile(
          observed, bumpLine[1], bumpLine[2] * iron * smooth(observed, z, blueSlope, redSlope));
    }
    emitLines(lines, z, blueSlope, redSlope, random);
    if (z > 1.5 && Draw.chance(random, 0.15)) {
      absorbBroadly(lines, z, random);
    }
    absorbForest(grid, z, random, flux);
  }

  /** The power law alone, at an observed wavelength. */
  private static double smooth(double observed, double z, double blue, double red) {
    double rest = observed / (1 + z);
    return Math.pow(rest / 4800, rest < 4800 ? blue : red);
  }

  private static void emitLines(
      Lines lines, double z, double blueSlope, double redSlope, RandomGenerator random) {
    double strength = Draw.logNormal(random, 1, 0.25);
    double sigma = Draw.logNormal(random, 1900, 0.35);
    double wind = Math.max(0, 350 + 450 * random.nextGaussian());
    // Broad lines stray from the narrow ones together, and from each other (Shen et al. 2016).
    double offset = 250 * random.nextGaussian();
    for (double[] line : BROAD) {
      double shift = line[2] * wind + offset + 200 * random.nextGaussian();
      double observed = line[0] * (1 + z) * (1 - shift / Lines.LIGHT_KMS);
      double continuum = smooth(observed, z, blueSlope, redSlope);
      double width = line[1] * (1 + z) * strength * Draw.logNormal(random, 1, 0.25);
      double own = sigma * Draw.logNormal(random, 1, 0.12);
      // A core and a wing are closer to observed profiles than one Gaussian.
      lines.emit(observed, own * 0.6, 0.5 * width, continuum);
      lines.emit(observed, own * 1.6, 0.5 * width, continuum);
    }
    double narrow = Draw.logUniform(random, 120, 450);
    double oxygen = Draw.logNormal(random, 14, 0.8);
    double[][] forbidden = {
      {3426.84, 0.07}, {3728.5, 0.12}, {3869.86, 0.08}, {4862.68, 0.1},
      {4960.30, 0.336}, {5008.24, 1}, {6564.61, 0.35}, {6585.27, 0.25},
      {6718.29, 0.09}, {6732.67, 0.08},
    };
    for (double[] line : forbidden) {
      double observed = line[0] * (1 + z);
      double continuum = smooth(observed, z, blueSlope, redSlope);
      lines.emit(observed, narrow, oxygen * line[1] * (1 + z), continuum);
    }
  }

  /** Troughs blueward of C IV, Si IV and N V, as broad absorption line quasars show. */
  private static void absorbBroadly(Lines lines, double z, RandomGenerator random) {
    double velocity = Draw.uniform(random, 3000, 18_000);
    double sigma = Draw.uniform(random, 600, 3000);
    double depth = Draw.uniform(random, 0.4, 0.95);
    double[][] troughs = {{1549.06, 1}, {1398.3, 0.6}, {1240.81, 0.8}};
    for (double[] trough : troughs) {
      double observed = trough[0] * (1 + z) * (1 - velocity / Lines.LIGHT_KMS);
      lines.absorb(observed, sigma, depth * trough[1]);
    }
  }

  /**
   * Absorbs below Lyman α: effective optical depth 0.0018·(1+z)^3.92 (Faucher-Giguère et al. 2008)
   * at the absorber's redshift, broken into clouds, and, in some, a Lyman limit.
   */
  private static void absorbForest(
      WavelengthGrid.Log grid, double z, RandomGenerator random, double[] flux) {
    double edge = LYMAN_ALPHA * (1 + z);
    double limit = LYMAN_LIMIT * (1 + z) * Draw.uniform(random, 0.9, 1);
    boolean opaque = Draw.chance(random, 0.5);
    double cloud = 0;
    for (int i = 0; i < flux.length; i++) {
      double wavelength = grid.wavelength(i);
      if (wavelength >= edge) {
        return;
      }
      cloud = 0.8 * cloud + 0.6 * random.nextGaussian();
      double depth = 0.0018 * Math.pow(wavelength / LYMAN_ALPHA, 3.92);
      flux[i] *= Math.exp(-depth * Math.exp(1.1 * cloud - 0.6));
      if (opaque && wavelength < limit) {
        flux[i] *= 0.05;
      }
    }
  }
}

package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Quasars: a broken power law with the small blue bump and iron, broad lines whose equivalent
 * widths scatter around those of composite spectra (Vanden Berk et al. 2001), and narrow lines.
 * What absorbs their light is another's: {@link QuasarAbsorption}.
 */
final class ParametricQuasars {
  static final double LYMAN_ALPHA = 1215.67;

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

  /** Balmer's broad lines lie from here on, Å. */
  private static final double BALMER = 4000;

  /**
   * Quasars whose Balmer lines have two peaks, as of a disk seen from its side. Strateva et al.
   * (2003) find 3 %; drawn more often, since formulas are only a part of what is drawn.
   */
  private static final double TWO_PEAKS = 0.1;

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
    double split = Draw.chance(random, TWO_PEAKS) ? Draw.uniform(random, 2000, 6500) : 0;
    double approaching = Draw.uniform(random, 0.35, 0.7);
    for (double[] line : BROAD) {
      double shift = line[2] * wind + offset + 200 * random.nextGaussian();
      double observed = line[0] * (1 + z) * (1 - shift / Lines.LIGHT_KMS);
      double continuum = smooth(observed, z, blueSlope, redSlope);
      double width = line[1] * (1 + z) * strength * Draw.logNormal(random, 1, 0.25);
      double own = sigma * Draw.logNormal(random, 1, 0.12);
      if (line[0] < BALMER || split == 0) {
        emitBroad(lines, observed, own, width, continuum);
      } else {
        double parted = split / Lines.LIGHT_KMS;
        emitBroad(lines, observed * (1 - parted), own, approaching * width, continuum);
        emitBroad(lines, observed * (1 + parted), own, (1 - approaching) * width, continuum);
      }
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

  private static void emitBroad(
      Lines lines, double observed, double kms, double width, double continuum) {
    // A core and a wing are closer to observed profiles than one Gaussian.
    lines.emit(observed, kms * 0.6, 0.5 * width, continuum);
    lines.emit(observed, kms * 1.6, 0.5 * width, continuum);
  }
}

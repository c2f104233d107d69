package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Galaxies as a mixture of an old and a young population: a continuum with the 4000 Å and Balmer
 * breaks, the strong absorption lines, and nebular emission that grows with the young share.
 */
final class ParametricGalaxies {
  /** Absorption: wavelength in vacuum (Å), σ (km/s), depth in old and in young populations. */
  private static final double[][] ABSORPTION = {
    {2600.17, 500, 0.25, 0.25},
    {2796.35, 350, 0.40, 0.35},
    {2803.53, 350, 0.35, 0.30},
    {2852.96, 400, 0.30, 0.10},
    {3581.00, 1200, 0.18, 0.02},
    {3737.00, 1200, 0.18, 0.05},
    {3798.98, 500, 0.05, 0.25},
    {3836.48, 1000, 0.22, 0.28},
    {3890.17, 600, 0.08, 0.30},
    {3934.78, 650, 0.55, 0.12},
    {3969.59, 650, 0.50, 0.35},
    {4102.89, 650, 0.08, 0.32},
    {4227.90, 350, 0.15, 0.02},
    {4305.61, 1300, 0.22, 0.04},
    {4341.68, 600, 0.05, 0.28},
    {4384.80, 600, 0.14, 0.03},
    {4532.00, 900, 0.07, 0.01},
    {4669.00, 1000, 0.08, 0.01},
    {4862.68, 500, 0.12, 0.25},
    {5016.00, 900, 0.07, 0.02},
    {5176.60, 900, 0.22, 0.04},
    {5271.00, 600, 0.12, 0.02},
    {5336.00, 500, 0.10, 0.02},
    {5407.00, 500, 0.05, 0.01},
    {5710.00, 500, 0.04, 0.01},
    {5891.58, 250, 0.22, 0.08},
    {5897.56, 250, 0.20, 0.07},
    {6190.00, 1800, 0.04, 0.00},
    {6497.00, 700, 0.05, 0.01},
    {6564.61, 400, 0.06, 0.15},
    {7080.00, 2500, 0.05, 0.00},
    {8500.36, 250, 0.20, 0.10},
    {8544.44, 300, 0.32, 0.15},
    {8664.52, 300, 0.28, 0.12},
  };

  private ParametricGalaxies() {}

  /**
   * @param type as of {@link SourceKind}; empty = any
   */
  static void write(
      String type, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double young = youngShare(type, random);
    double breakStrength = Draw.uniform(random, 1.4, 2.1);
    double oldSlope = Draw.uniform(random, -0.6, 0.6);
    double youngSlope = Draw.uniform(random, -2.3, -0.8);
    double balmerBreak = Draw.uniform(random, 1.0, 1.5);
    Continuum.write(
        grid,
        z,
        rest ->
            (1 - young) * old(rest, breakStrength, oldSlope)
                + young * young(rest, balmerBreak, youngSlope),
        flux);
    Lines lines = new Lines(grid, flux);
    double metals = Draw.logNormal(random, 1, 0.2);
    double broadening = Draw.uniform(random, 0.75, 1.3);
    for (double[] line : ABSORPTION) {
      double depth = metals * ((1 - young) * line[2] + young * line[3]);
      lines.absorb(line[0] * (1 + z), line[1] * broadening, Math.min(0.85, depth));
    }
    switch (type) {
      case "PASSIVE" -> {
        if (Draw.chance(random, 0.2)) {
          NebularLines.emit(lines, z, Draw.logUniform(random, 0.3, 3), young == 0, random);
        }
      }
      case "" -> emitAsItComes(lines, z, young, random);
      default -> NebularLines.emit(type, lines, z, random);
    }
  }

  private static double youngShare(String type, RandomGenerator random) {
    return switch (type) {
      case "PASSIVE" -> Draw.chance(random, 0.7) ? 0 : Draw.uniform(random, 0, 0.05);
      case "STARFORMING" -> Draw.uniform(random, 0.05, 1);
      case "STARBURST" -> Draw.uniform(random, 0.4, 1);
      case "AGN" -> Draw.chance(random, 0.5) ? 0 : Math.pow(random.nextDouble(), 2);
      default -> Draw.chance(random, 0.4) ? 0 : Math.pow(random.nextDouble(), 1.5);
    };
  }

  private static void emitAsItComes(Lines lines, double z, double young, RandomGenerator random) {
    boolean active = Draw.chance(random, young == 0 ? 0.25 : 0.15);
    if (young > 0.02 || active || Draw.chance(random, 0.2)) {
      double width =
          active
              ? Draw.logUniform(random, 2, 80)
              : Draw.logNormal(random, 2 + 70 * Math.pow(young, 1.3), 0.6);
      NebularLines.emit(lines, z, Math.min(width, 600), active, random);
    }
  }

  /** Flux per Å of an old population, 1 near 5000 Å. */
  private static double old(double rest, double breakStrength, double slope) {
    double red = Math.pow(rest / 5000, slope);
    double above = 0.5 * (1 + Math.tanh((rest - 3990) / 60));
    double ultraviolet = Math.pow(Math.min(1, rest / 4000), 2.2);
    return red * (above + (1 - above) / breakStrength * ultraviolet);
  }

  /** Flux per Å of a young population, 1 near 5000 Å. */
  private static double young(double rest, double balmerBreak, double slope) {
    double above = 0.5 * (1 + Math.tanh((rest - 3720) / 50));
    return Math.pow(rest / 5000, slope) * (above + (1 - above) / balmerBreak);
  }
}

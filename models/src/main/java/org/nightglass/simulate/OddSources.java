package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Formulas for objects that surveys meet now and then and no network here is trained on: what a
 * model should flag rather than name.
 */
final class OddSources {
  /**
   * Absorption of a supernova of type Ia near its maximum: rest wavelength in vacuum (Å), greatest
   * depth (after Filippenko 1997).
   */
  private static final double[][] SUPERNOVA = {
    {3951, 0.65}, // Ca II
    {4131, 0.25}, // Si II
    {4482, 0.40}, // Mg II, Fe III
    {5000, 0.35}, // Fe II
    {5455, 0.25}, // S II
    {5641, 0.25}, // S II
    {5974, 0.15}, // Si II
    {6357, 0.50}, // Si II
    {7775, 0.20}, // O I
    {8580, 0.40}, // Ca II
  };

  /**
   * Emission of nitrogen-rich Wolf–Rayet stars: vacuum (Å), equivalent width (Å; Crowther 2007).
   */
  private static final double[][] NITROGEN_RICH = {
    {4058.9, 15}, {4605, 10}, {4621.3, 10}, {4687.0, 120}, {5413.0, 25}, {6561.9, 50}, {5808, 10},
  };

  /** The same of carbon-rich ones. */
  private static final double[][] CARBON_RICH = {
    {4651.4, 450}, {4687.0, 60}, {5590, 30}, {5697.5, 150}, {5803, 300}, {5814, 300}, {6744, 60},
  };

  private OddSources() {}

  /** A supernova of type Ia: broad P Cygni lines on a blue continuum, without its host. */
  static String supernova(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double slope = Draw.uniform(random, -2.5, -1);
    Continuum.write(
        grid,
        z,
        // Metals leave little of the light below 3,600 Å.
        rest -> Math.pow(rest / 5000, slope) / (1 + Math.exp((3600 - rest) / 120)),
        flux);
    double velocity = 11_000 + 1200 * random.nextGaussian();
    double width = Draw.uniform(random, 2200, 3600);
    Lines lines = new Lines(grid, flux);
    for (double[] line : SUPERNOVA) {
      double depth = line[1] * Draw.uniform(random, 0.6, 1);
      double observed = line[0] * (1 + z);
      lines.addProfile(observed, 1.3 * width, 0.4 * depth * lines.fluxAt(observed));
      lines.absorb(observed * (1 - velocity / Lines.LIGHT_KMS), width, depth);
    }
    return "";
  }

  /** A Wolf–Rayet star of either sequence: broad lines of helium with nitrogen or carbon. */
  static String wolfRayet(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    boolean carbon = Draw.chance(random, 0.5);
    double slope = Draw.uniform(random, -3, -0.5);
    Continuum.write(grid, z, rest -> Math.pow(rest / 5000, slope), flux);
    double width = Draw.uniform(random, carbon ? 800 : 450, carbon ? 1500 : 1100);
    double strength = Draw.logNormal(random, 1, 0.4);
    Lines lines = new Lines(grid, flux);
    for (double[] line : carbon ? CARBON_RICH : NITROGEN_RICH) {
      double continuum = Math.pow(line[0] / 5000, slope);
      lines.emit(
          line[0] * (1 + z),
          width,
          line[1] * strength * Draw.logNormal(random, 1, 0.25),
          continuum);
    }
    return "WR";
  }
}

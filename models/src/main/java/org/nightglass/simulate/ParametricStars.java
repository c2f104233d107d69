package org.nightglass.simulate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Stars: a black body with Balmer lines around 9,500 K, metal lines below 8,000 K, titanium oxide
 * below 4,200 K; and white dwarfs, hot with very broad Balmer lines.
 */
final class ParametricStars {
  private static final double[] BALMER = {
    3771.7, 3798.98, 3836.48, 3890.17, 3971.2, 4102.89, 4341.68, 4862.68, 6564.61
  };
  private static final double[] BALMER_DEPTH = {0.35, 0.45, 0.52, 0.58, 0.62, 0.65, 0.65, 0.6, 0.5};

  /** Metal lines: wavelength (Å), σ (km/s), depth at 5,000 K. */
  private static final double[][] METALS = {
    {3581.0, 700, 0.35}, {3737.0, 700, 0.35}, {3834.0, 600, 0.35}, {3934.78, 450, 0.75},
    {3969.59, 450, 0.70}, {4046.0, 300, 0.22}, {4227.9, 250, 0.35}, {4305.6, 900, 0.35},
    {4384.8, 300, 0.20}, {4532.0, 400, 0.10}, {5168.7, 200, 0.28}, {5174.1, 200, 0.30},
    {5185.0, 200, 0.32}, {5271.0, 300, 0.18}, {5329.0, 300, 0.14}, {5406.0, 300, 0.08},
    {5891.58, 170, 0.35}, {5897.56, 170, 0.32}, {6123.0, 200, 0.08}, {6163.9, 200, 0.09},
    {6496.0, 300, 0.10}, {8500.36, 170, 0.30}, {8544.44, 200, 0.45}, {8664.52, 200, 0.40},
  };

  /** Titanium oxide: band head (Å) and depth at 3,200 K; each band fades over 3.5 % redward. */
  private static final double[][] TITANIUM_OXIDE = {
    {4584, 0.20}, {4761, 0.35}, {4954, 0.40}, {5167, 0.40}, {5448, 0.35}, {5847, 0.35},
    {6158, 0.50}, {6651, 0.45}, {7053, 0.55}, {7589, 0.55}, {8206, 0.30}, {8432, 0.40},
  };

  private ParametricStars() {}

  /** Effective temperatures (K) of the types that the formulas know, hottest first. */
  private static final Map<String, Double> KELVIN = kelvin();

  private static final String DWARF = "WD";

  private static Map<String, Double> kelvin() {
    Map<String, Double> types = new LinkedHashMap<>();
    types.put("B9", 11_200.0);
    types.put("A0", 9500.0);
    types.put("F2", 7000.0);
    types.put("F5", 6500.0);
    types.put("F9", 6100.0);
    types.put("G2", 5750.0);
    types.put("K1", 5150.0);
    types.put("K3", 4750.0);
    types.put("K5", 4400.0);
    types.put("K7", 4050.0);
    types.put("M1", 3700.0);
    types.put("M4", 3200.0);
    types.put("M6", 2900.0);
    return types;
  }

  /**
   * @param type a type, or its beginning; empty = any
   * @return the type that was drawn
   * @throws IllegalArgumentException if there are no stars of that type
   */
  static String write(
      String type, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    boolean dwarf = type.equals(DWARF) || (type.isEmpty() && Draw.chance(random, 0.1));
    String drawn = dwarf ? DWARF : draw(type, random);
    double kelvin =
        dwarf
            ? Draw.logUniform(random, 8000, 40_000)
            : Draw.logNormal(random, KELVIN.getOrDefault(drawn, 5750.0), 0.02);
    Continuum.write(grid, z, rest -> planck(rest, kelvin), flux);
    Lines lines = new Lines(grid, flux);
    if (dwarf) {
      absorbBalmer(lines, z, 0.9 * peak(kelvin, 12_000, 0.5), Draw.uniform(random, 1500, 3200));
      return drawn;
    }
    absorbBalmer(lines, z, peak(kelvin, 9500, 0.28), 250 + 650 * peak(kelvin, 9500, 0.25));
    double metals = Draw.logNormal(random, 1, 0.3) * Math.min(1.15, Math.pow(5000 / kelvin, 2.5));
    for (double[] line : METALS) {
      lines.absorb(line[0] * (1 + z), line[1], Math.min(0.92, line[2] * metals));
    }
    if (kelvin < 4300) {
      absorbTitaniumOxide(
          grid, z, Math.min(1.3, (4300 - kelvin) / 1100) * Draw.uniform(random, 0.8, 1.1), flux);
      if (Draw.chance(random, 0.15)) {
        double width = Draw.uniform(random, 1, 8);
        lines.emit(NebularLines.H_ALPHA * (1 + z), 60, width, lines.fluxAt(6600));
        lines.emit(NebularLines.H_BETA * (1 + z), 60, width, lines.fluxAt(4900));
      }
    }
    return drawn;
  }

  private static String draw(String type, RandomGenerator random) {
    if (KELVIN.containsKey(type)) {
      return type;
    }
    List<String> fitting = KELVIN.keySet().stream().filter(t -> t.startsWith(type)).toList();
    if (fitting.isEmpty()) {
      throw new IllegalArgumentException(
          "no formula for stars of type '%s'; there are %s and %s"
              .formatted(type, KELVIN.keySet(), DWARF));
    }
    return fitting.get(random.nextInt(fitting.size()));
  }

  /** Black-body flux per Å, 1 at 5,500 Å. */
  private static double planck(double rest, double kelvin) {
    double x = 1.438777e8 / kelvin;
    return Math.pow(5500 / rest, 5) * Math.expm1(x / 5500) / Math.expm1(x / rest);
  }

  /** A bell in the logarithm of the temperature. */
  private static double peak(double kelvin, double centre, double width) {
    double x = Math.log(kelvin / centre) / width;
    return Math.exp(-0.5 * x * x);
  }

  private static void absorbBalmer(Lines lines, double z, double strength, double kms) {
    for (int i = 0; i < BALMER.length; i++) {
      lines.absorb(BALMER[i] * (1 + z), kms * 0.4, 0.5 * strength * BALMER_DEPTH[i]);
      lines.absorb(BALMER[i] * (1 + z), kms * 1.3, 0.7 * strength * BALMER_DEPTH[i]);
    }
  }

  private static void absorbTitaniumOxide(
      WavelengthGrid.Log grid, double z, double strength, double[] flux) {
    for (double[] band : TITANIUM_OXIDE) {
      double head = Math.log10(band[0] * (1 + z));
      int from = (int) Math.ceil((head - grid.log10Start()) / grid.log10Step());
      double reach = 0.015;
      for (int i = Math.max(0, from); i < flux.length; i++) {
        double beyond = (i - from) * grid.log10Step() / reach;
        if (beyond > 1) {
          break;
        }
        flux[i] *= 1 - Math.min(0.95, band[1] * strength) * (1 - beyond);
      }
    }
  }
}

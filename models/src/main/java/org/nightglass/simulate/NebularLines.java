package org.nightglass.simulate;

import java.util.random.RandomGenerator;

/**
 * The narrow emission lines of ionised gas, in ratios that place objects along the star-forming
 * sequence or on the active branch of the diagram of Baldwin, Phillips and Terlevich. Vacuum
 * wavelengths.
 */
final class NebularLines {
  static final double O_II_A = 3727.09;
  static final double O_II_B = 3729.88;
  static final double H_BETA = 4862.68;
  static final double O_III_A = 4960.30;
  static final double O_III_B = 5008.24;
  static final double N_II_A = 6549.86;
  static final double H_ALPHA = 6564.61;
  static final double N_II_B = 6585.27;
  static final double S_II_A = 6718.29;
  static final double S_II_B = 6732.67;

  private NebularLines() {}

  /** Scatter of gas about the stars whose redshift the galaxy has, km/s. */
  private static final double GAS_KMS = 30;

  /**
   * Adds the lines of a type of galaxy: moderate ones to star-forming galaxies, strong ones to
   * starbursts (Hα above 50 Å, as SDSS has it), active nuclei's to AGN.
   *
   * @param type as of {@link SourceKind}
   */
  static void emit(String type, Lines lines, double z, RandomGenerator random) {
    switch (type) {
      case "STARFORMING" -> emit(lines, z, Draw.logUniform(random, 6, 60), false, random);
      case "STARBURST" -> emit(lines, z, Draw.logUniform(random, 50, 400), false, random);
      case "AGN" -> emit(lines, z, Draw.logUniform(random, 3, 80), true, random);
      default -> throw new IllegalArgumentException("no gas shines in galaxies '" + type + "'");
    }
  }

  /**
   * Adds the lines.
   *
   * @param lines where to
   * @param galaxyZ redshift of the stars
   * @param hAlphaWidth equivalent width of Hα at rest, Å
   * @param active whether ionised by an active nucleus
   */
  static void emit(
      Lines lines, double galaxyZ, double hAlphaWidth, boolean active, RandomGenerator random) {
    double stray = GAS_KMS / Lines.LIGHT_KMS * random.nextGaussian();
    double z = (1 + galaxyZ) * (1 + stray) - 1;
    double n2 = active ? Draw.uniform(random, -0.35, 0.25) : Draw.uniform(random, -1.6, -0.3);
    double o3 =
        active
            ? Draw.uniform(random, 0.2, 1.1)
            : 0.61 / (Math.min(n2, -0.02) - 0.05) + 1.3 + 0.12 * random.nextGaussian() - 0.1;
    double nitrogen = Math.pow(10, n2);
    double oxygen = Math.pow(10, Math.max(-0.9, Math.min(1.1, o3)));
    double balmer = Draw.uniform(random, 2.8, 5.5);
    double sigma = active ? Draw.logUniform(random, 100, 350) : Draw.logUniform(random, 35, 180);
    double s2 = Draw.logNormal(random, 0.3, 0.35);
    double o2 = Draw.logNormal(random, active ? 2.5 : 2.6, 0.45);
    // Line fluxes relative to Hα; widths follow from the continuum at Hα.
    double hBeta = 1 / balmer;
    double unit = hAlphaWidth * (1 + z) * continuumAtHAlpha(lines, z);
    double blue = Math.pow(balmer / 2.86, 0.5);
    add(lines, z, sigma, unit, H_ALPHA, 1);
    add(lines, z, sigma, unit, N_II_B, nitrogen);
    add(lines, z, sigma, unit, N_II_A, nitrogen / 3);
    add(lines, z, sigma, unit, S_II_A, s2 * 0.57);
    add(lines, z, sigma, unit, S_II_B, s2 * 0.43);
    add(lines, z, sigma, unit, H_BETA, hBeta);
    add(lines, z, sigma, unit, 4341.68, 0.47 * hBeta / blue);
    add(lines, z, sigma, unit, 4102.89, 0.26 * hBeta / blue);
    add(lines, z, sigma, unit, O_III_B, hBeta * oxygen);
    add(lines, z, sigma, unit, O_III_A, hBeta * oxygen / 2.98);
    double ratio = Draw.uniform(random, 0.45, 0.6);
    add(lines, z, sigma, unit, O_II_A, hBeta * o2 * (1 - ratio) / blue);
    add(lines, z, sigma, unit, O_II_B, hBeta * o2 * ratio / blue);
    add(lines, z, sigma, unit, 3869.86, hBeta * oxygen * 0.1 / blue);
    add(lines, z, sigma, unit, 5877.25, hBeta * 0.11);
    add(lines, z, sigma, unit, 6302.05, active ? 0.12 : 0.03);
    add(lines, z, sigma, unit, 6365.54, active ? 0.04 : 0.01);
    add(lines, z, sigma, unit, 7137.77, hBeta * 0.1);
    if (active) {
      add(lines, z, sigma * 1.3, unit, 3426.84, hBeta * oxygen * 0.08 / blue);
      add(lines, z, sigma, unit, 4687.02, hBeta * 0.2);
    }
  }

  /** Flux at Hα, or at the red end of the grid where Hα has left it. */
  private static double continuumAtHAlpha(Lines lines, double z) {
    return Math.max(0, lines.fluxAt(H_ALPHA * (1 + z)));
  }

  private static void add(
      Lines lines, double z, double sigma, double unit, double rest, double ratio) {
    lines.emit(rest * (1 + z), sigma, unit * ratio, 1);
  }
}

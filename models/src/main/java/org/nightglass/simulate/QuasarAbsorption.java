package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * What lies between a quasar and us, and what it blows towards us: the Lyman α forest with its
 * damped and limit systems, metals of galaxies on the way, broad absorption.
 *
 * <p>How often each is met is rounded from the surveys named below; strong systems a little more
 * often, since a network sees each spectrum only a few times. Wavelengths are in vacuum (Morton
 * 2003).
 */
final class QuasarAbsorption {
  private static final double LYMAN_LIMIT = 911.75;

  /** Hydrogen: wavelength at rest (Å), what {@link #damp} multiplies column densities by. */
  private static final double[][] DAMPED = {
    {ParametricQuasars.LYMAN_ALPHA, damping(0.4164, 6.265e8)},
    {1025.72, damping(0.07912, 1.897e8)},
  };

  /** Damped systems a unit of redshift (Noterdaeme et al. 2012), from 1e20 atoms per cm² on. */
  private static final double DAMPED_RATE = 0.3;

  /** Damped systems at the quasar itself (Prochaska et al. 2008 find them twice as often there). */
  private static final double DAMPED_OWN = 0.04;

  /** Systems of Mg II above 0.3 Å a unit of redshift (Nestor et al. 2005). */
  private static final double MAGNESIUM_RATE = 0.55;

  /** Systems of C IV above 0.3 Å a unit of redshift (Cooksey et al. 2013). */
  private static final double CARBON_RATE = 0.8;

  /** Quasars with absorption by what they blow out slowly, near their own redshift. */
  private static final double ASSOCIATED = 0.2;

  /** Quasars with broad absorption (Gibson et al. 2009), and those of them that have Mg II's. */
  private static final double BROAD = 0.15;

  private static final double LOW_IONIZATION = 0.15;
  private static final double IRON = 0.3;

  /** Multiplets are wider than a line, km/s. */
  private static final double IRON_SIGMA = 2500;

  /** Least equivalent width at rest of a system's strongest line, Å. */
  private static final double LEAST_WIDTH = 0.3;

  private static final double DEEPEST = 0.9;

  /** Low ions: wavelength at rest (Å), equivalent width over that of Mg II 2796. */
  private static final double[][] LOW = {
    {1260.42, 0.45}, {1302.17, 0.35}, {1334.53, 0.45}, {1526.71, 0.35}, {1608.45, 0.2},
    {1670.79, 0.4}, {1854.72, 0.1}, {1862.79, 0.06}, {2344.21, 0.4}, {2374.46, 0.25},
    {2382.77, 0.55}, {2586.65, 0.4}, {2600.17, 0.6}, {2796.35, 1}, {2803.53, 0.85},
    {2852.96, 0.2},
  };

  /** High ions: wavelength at rest (Å), equivalent width over that of C IV 1548. */
  private static final double[][] HIGH = {
    {1238.82, 0.15}, {1242.80, 0.1}, {1393.76, 0.5}, {1402.77, 0.35}, {1548.20, 1}, {1550.78, 0.7},
  };

  /** Troughs of a wind: wavelength at rest (Å), depth over that of C IV. */
  private static final double[][] WIND = {
    {1031.93, 0.5}, {1240.81, 0.8}, {1398.3, 0.6}, {1549.06, 1},
  };

  /** Troughs of a wind of low ions besides. */
  private static final double[][] COLD_WIND = {{1670.79, 0.4}, {1857.8, 0.8}, {2799.1, 0.8}};

  /** Troughs of its iron's multiplets. */
  private static final double[][] IRON_WIND = {{2365, 0.7}, {2600, 0.8}, {2750, 0.5}};

  private QuasarAbsorption() {}

  /**
   * Absorbs the light of a quasar.
   *
   * @param z of the quasar
   * @param flux on the grid, changed
   */
  static void write(double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    Lines lines = new Lines(grid, flux);
    blow(lines, z, random);
    double bluest = grid.wavelength(0);
    forest(z, random, grid, flux);
    double from = Math.max(0.3, bluest / ParametricQuasars.LYMAN_ALPHA - 1);
    for (int n = count(DAMPED_RATE, from, z, random); n > 0; n--) {
      damped(Draw.uniform(random, from, z), random, lines, grid, flux);
    }
    if (Draw.chance(random, DAMPED_OWN)) {
      damped(near(z, 1500, random), random, lines, grid, flux);
    }
    double magnesium = Math.max(0.3, bluest / 2796 - 1);
    for (int n = count(MAGNESIUM_RATE, magnesium, z, random); n > 0; n--) {
      double width = LEAST_WIDTH + exponential(0.7, random);
      metals(lines, Draw.uniform(random, magnesium, z), LOW, width, random);
    }
    double carbon = Math.max(0.3, bluest / 1548 - 1);
    for (int n = count(CARBON_RATE, carbon, z, random); n > 0; n--) {
      double width = LEAST_WIDTH + exponential(0.4, random);
      metals(lines, Draw.uniform(random, carbon, z), HIGH, width, random);
    }
    if (Draw.chance(random, ASSOCIATED)) {
      double width = LEAST_WIDTH + exponential(0.8, random);
      metals(lines, near(z, 700, random), random.nextInt(3) == 0 ? LOW : HIGH, width, random);
    }
  }

  /** Troughs at the blue side of the broad lines, of a wind of one speed. */
  private static void blow(Lines lines, double z, RandomGenerator random) {
    if (!Draw.chance(random, BROAD)) {
      return;
    }
    boolean cold = Draw.chance(random, LOW_IONIZATION);
    double velocity = cold ? Draw.uniform(random, 500, 9000) : Draw.uniform(random, 2000, 18_000);
    double sigma = Draw.uniform(random, 500, 3000);
    double depth = Draw.uniform(random, 0.3, 0.95);
    double shifted = (1 + z) * (1 - velocity / Lines.LIGHT_KMS);
    blow(lines, WIND, shifted, sigma, depth, random);
    if (cold) {
      blow(lines, COLD_WIND, shifted, sigma, depth, random);
    }
    if (cold && Draw.chance(random, IRON)) {
      blow(lines, IRON_WIND, shifted, Math.max(sigma, IRON_SIGMA), depth, random);
    }
  }

  private static void blow(
      Lines lines,
      double[][] troughs,
      double stretch,
      double sigma,
      double depth,
      RandomGenerator random) {
    for (double[] trough : troughs) {
      double own = depth * trough[1] * Draw.uniform(random, 0.6, 1);
      lines.absorb(trough[0] * stretch, sigma, own);
    }
  }

  /**
   * Absorbs below Lyman α: effective optical depth 0.0018·(1+z)^3.92 (Faucher-Giguère et al. 2008)
   * at the absorber's redshift, broken into clouds, and, in some, a Lyman limit.
   *
   * <p>Clouds let light through between them: for the mean of what passes to be exp(−τ), with
   * depths that scatter log-normally by 1.1, they have to be τ·(1+τ) deep in the mean, to 2 % up to
   * τ = 2.
   */
  private static void forest(
      double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double edge = ParametricQuasars.LYMAN_ALPHA * (1 + z);
    double limit = LYMAN_LIMIT * (1 + z) * Draw.uniform(random, 0.9, 1);
    boolean opaque = Draw.chance(random, 0.5);
    double cloud = 0;
    for (int i = 0; i < flux.length; i++) {
      double wavelength = grid.wavelength(i);
      if (wavelength >= edge) {
        return;
      }
      cloud = 0.8 * cloud + 0.6 * random.nextGaussian();
      double depth = 0.0018 * Math.pow(wavelength / ParametricQuasars.LYMAN_ALPHA, 3.92);
      flux[i] *= Math.exp(-depth * (1 + depth) * Math.exp(1.1 * cloud - 0.605));
      if (opaque && wavelength < limit) {
        flux[i] *= 0.05;
      }
    }
  }

  /** A damped system: hydrogen with wings, metals in its gas, nothing beyond its Lyman limit. */
  private static void damped(
      double z, RandomGenerator random, Lines lines, WavelengthGrid.Log grid, double[] flux) {
    damp(z, 1e20 * Math.pow(10, Math.min(2, exponential(0.45, random))), grid, flux);
    metals(lines, z, LOW, Draw.logNormal(random, 0.8, 0.6), random);
    metals(lines, z, HIGH, Draw.logNormal(random, 0.5, 0.6), random);
  }

  /**
   * Absorbs with the wings of Lyman α and β.
   *
   * @param column atoms of hydrogen per cm²
   */
  static void damp(double z, double column, WavelengthGrid.Log grid, double[] flux) {
    for (int i = 0; i < flux.length; i++) {
      double rest = grid.wavelength(i) / (1 + z);
      if (rest < LYMAN_LIMIT) {
        flux[i] = 0;
        continue;
      }
      double depth = 0;
      for (double[] line : DAMPED) {
        double away = Math.max(Math.abs(1 / rest - 1 / line[0]), 1e-9);
        depth += column * line[1] / (away * away);
      }
      flux[i] *= Math.exp(-depth);
    }
  }

  /**
   * The wings of a line: τ = N·(πe²/mₑc)·f·Γ / (4π²·Δν²), with Δν = c·|1/λ − 1/λ₀| (Draine 2011,
   * section 6.4). This is what stands before N / (1/λ − 1/λ₀)², with wavelengths in Å.
   */
  private static double damping(double strength, double width) {
    double light = Lines.LIGHT_KMS * 1e13;
    return 0.026540 * strength * width / (4 * Math.PI * Math.PI * light * light);
  }

  /**
   * Narrow lines of metals.
   *
   * @param width equivalent width at rest of the strongest one, Å
   */
  private static void metals(
      Lines lines, double z, double[][] ions, double width, RandomGenerator random) {
    double kms = Draw.logUniform(random, 30, 150);
    for (double[] ion : ions) {
      double own = width * ion[1] * Draw.logNormal(random, 1, 0.2);
      // What an area takes in full depth: a saturated line grows wider, not deeper.
      double full = Lines.LIGHT_KMS * own / (ion[0] * Math.sqrt(2 * Math.PI));
      double sigma = Math.max(kms, full / DEEPEST);
      lines.absorb(ion[0] * (1 + z), sigma, full / sigma);
    }
  }

  /** How many of a rate there are between two redshifts: a number of Poisson's distribution. */
  private static int count(double rate, double from, double to, RandomGenerator random) {
    double mean = rate * Math.max(0, to - from);
    double left = Math.exp(-mean);
    int n = -1;
    for (double product = 1; product > left; n++) {
      product *= random.nextDouble();
    }
    return Math.max(0, n);
  }

  /** A redshift some km/s from another, rather before it than behind. */
  private static double near(double z, double kms, RandomGenerator random) {
    double velocity = kms * (random.nextGaussian() - 0.5);
    return (1 + z) * (1 + velocity / Lines.LIGHT_KMS) - 1;
  }

  private static double exponential(double mean, RandomGenerator random) {
    return -mean * Math.log(1 - random.nextDouble());
  }
}

package org.nightglass.simulate;

import java.util.random.RandomGenerator;

/**
 * Redshifts as surveys meet them, flattened, so that a network sees the rare ones too.
 *
 * <p>Galaxies: many near z = 0.12 as in SDSS's main sample, the rest even in log10(1+z) up to 1.19,
 * and emission-line galaxies up to 1.65, where [O II] leaves DESI. Quasars: four in ten around z =
 * 1.6, four even in log10(1+z) from 0.01 to 6.2, two even below 0.9, where host galaxies make them
 * hard. Stars: a radial velocity with σ = 120 km/s, and four in ten evenly within ±650 km/s.
 */
public final class Redshifts {
  /** Redshifts of galaxies stay below, but for those that are known by [O II]. */
  public static final double GALAXY_LIMIT = 1.19;

  /** Redshifts of galaxies known by [O II] stay below. */
  public static final double EMISSION_LIMIT = 1.65;

  /** Redshifts of quasars stay below. */
  public static final double QSO_LIMIT = 6.2;

  /** From here on, a network of galaxies' redshifts has no bin. */
  public static final double GALAXY_BEYOND = 1.77;

  /** From here on, a network of quasars' redshifts has no bin. */
  public static final double QSO_BEYOND = 6.55;

  /** Templates of galaxies begin here at rest, Å. */
  static final double GALAXY_TEMPLATES_FROM = 1167;

  private static final double FAST_STAR = 650 / Lines.LIGHT_KMS;

  private Redshifts() {}

  /** Draws the redshift of a source of a class; galaxies that any instrument can place. */
  public static double draw(SourceClass sourceClass, RandomGenerator random) {
    return switch (sourceClass) {
      case GALAXY -> galaxy(0.55, random);
      case QSO -> {
        double lot = random.nextDouble();
        yield lot < 0.4
            ? Draw.truncatedNormal(random, 1.6, 0.8, 0.02, QSO_LIMIT)
            : evenly(random, 0.01, lot < 0.8 ? QSO_LIMIT : 0.9);
      }
      case STAR -> 120 / Lines.LIGHT_KMS * random.nextGaussian();
    };
  }

  /** Draws the redshift of a source of a kind to train on. */
  static double draw(SourceKind kind, RandomGenerator random) {
    return switch (kind.type()) {
      case "PASSIVE" -> galaxy(0.45, random);
      case "STARFORMING" ->
          Draw.chance(random, 0.3)
              ? Draw.uniform(random, 0.6, EMISSION_LIMIT)
              : galaxy(0.6, random);
      case "STARBURST" ->
          Draw.chance(random, 0.25)
              ? Draw.uniform(random, 0.6, EMISSION_LIMIT)
              : galaxy(0.8, random);
      case "AGN" -> galaxy(0.7, random);
      default ->
          kind.sourceClass() == SourceClass.STAR && Draw.chance(random, 0.4)
              ? Draw.uniform(random, -FAST_STAR, FAST_STAR)
              : draw(kind.sourceClass(), random);
    };
  }

  /**
   * Draws a galaxy's redshift that no network has a bin for.
   *
   * @param bluest wavelength that is seen, Å: templates say nothing of galaxies further out
   */
  static double galaxyBeyond(double bluest, RandomGenerator random) {
    return evenly(random, GALAXY_BEYOND, bluest / GALAXY_TEMPLATES_FROM - 1);
  }

  /**
   * Draws a quasar's redshift that no network has a bin for.
   *
   * @param reddest wavelength that is seen, Å; to be asked only where {@link #seesQuasarsBeyond}
   */
  static double quasarBeyond(double reddest, RandomGenerator random) {
    return evenly(random, QSO_BEYOND, greatestQuasar(reddest));
  }

  /** Whether Lyman α of a quasar without a bin is still seen, up to so many Å. */
  static boolean seesQuasarsBeyond(double reddest) {
    return greatestQuasar(reddest) > QSO_BEYOND;
  }

  /** Lyman α and something redward of it are still observed. */
  static double greatestQuasar(double reddest) {
    return reddest / (1.02 * ParametricQuasars.LYMAN_ALPHA) - 1;
  }

  private static double galaxy(double near, RandomGenerator random) {
    return Draw.chance(random, near)
        ? Math.min(GALAXY_LIMIT, 0.002 + Draw.logNormal(random, 0.12, 0.6))
        : evenly(random, 0.001, GALAXY_LIMIT);
  }

  private static double evenly(RandomGenerator random, double low, double high) {
    return (1 + low) * Math.pow((1 + high) / (1 + low), random.nextDouble()) - 1;
  }
}

package org.nightglass.simulate;

import java.util.random.RandomGenerator;

/**
 * Redshifts as surveys meet them, flattened, so that a network sees the rare ones too.
 *
 * <p>Galaxies: 55 % near z = 0.12 as in SDSS's main sample, the rest even in log10(1+z) up to 1.19.
 * Quasars: four in ten around z = 1.6, four even in log10(1+z) from 0.01 to 6.2, two even below
 * 0.9, where host galaxies make them hard. Stars: a radial velocity with σ = 120 km/s.
 */
public final class Redshifts {
  /** Redshifts of galaxies stay below. */
  public static final double GALAXY_LIMIT = 1.19;

  /** Redshifts of quasars stay below. */
  public static final double QSO_LIMIT = 6.2;

  private Redshifts() {}

  /** Draws the redshift of a source of a class. */
  public static double draw(SourceClass sourceClass, RandomGenerator random) {
    return switch (sourceClass) {
      case GALAXY ->
          Draw.chance(random, 0.55)
              ? Math.min(GALAXY_LIMIT, 0.002 + Draw.logNormal(random, 0.12, 0.6))
              : evenly(random, 0.001, GALAXY_LIMIT);
      case QSO -> {
        double lot = random.nextDouble();
        yield lot < 0.4
            ? Draw.truncatedNormal(random, 1.6, 0.8, 0.02, QSO_LIMIT)
            : evenly(random, 0.01, lot < 0.8 ? QSO_LIMIT : 0.9);
      }
      case STAR -> 120 / Lines.LIGHT_KMS * random.nextGaussian();
    };
  }

  private static double evenly(RandomGenerator random, double low, double high) {
    return (1 + low) * Math.pow((1 + high) / (1 + low), random.nextDouble()) - 1;
  }
}

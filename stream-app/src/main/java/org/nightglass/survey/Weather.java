package org.nightglass.survey;

import java.util.SplittableRandom;

/**
 * The weather of a survey's nights, minute by minute: clouds and seeing that change slowly, hours
 * in which the dome is closed. The same seed gives the same weather, whatever is observed in it.
 * Immutable.
 */
final class Weather {
  private static final int MINUTES = 1440;
  private static final double CORRELATION_MINUTES = 80;
  private static final double CLOSED_FROM_MAGNITUDES = 1.6;
  private static final double USUAL_SEEING = 1.1;
  private static final double FAULT_CHANCE = 0.15;

  private final double[][] cloud;
  private final double[][] seeing;
  private final boolean[][] fault;

  /**
   * @param seed of all chance
   * @param nights how many there are
   */
  Weather(long seed, int nights) {
    cloud = new double[nights][MINUTES];
    seeing = new double[nights][MINUTES];
    fault = new boolean[nights][MINUTES];
    SplittableRandom random = new SplittableRandom(seed);
    for (int night = 0; night < nights; night++) {
      fill(night, random.split());
    }
  }

  private void fill(int night, SplittableRandom random) {
    double mean = -0.35 + 0.6 * random.nextGaussian();
    double keep = Math.exp(-1 / CORRELATION_MINUTES);
    double kick = Math.sqrt(1 - keep * keep);
    double clouds = random.nextGaussian();
    double air = random.nextGaussian();
    for (int minute = 0; minute < MINUTES; minute++) {
      clouds = keep * clouds + kick * random.nextGaussian();
      air = keep * air + kick * random.nextGaussian();
      cloud[night][minute] = Math.max(0, mean + 0.8 * clouds);
      seeing[night][minute] = USUAL_SEEING * Math.exp(0.18 * air);
    }
    if (random.nextDouble() < FAULT_CHANCE) {
      int from = random.nextInt(MINUTES);
      int length = 30 + random.nextInt(120);
      for (int minute = from; minute < Math.min(MINUTES, from + length); minute++) {
        fault[night][minute] = true;
      }
    }
  }

  /**
   * Whether the dome is open.
   *
   * @param night index of the night, from 0
   * @param minute since local noon, 0 to 1439
   */
  boolean open(int night, int minute) {
    return !fault[night][minute] && cloud[night][minute] < CLOSED_FROM_MAGNITUDES;
  }

  /**
   * Share of the light that reaches the fibres, of what would in a clear night of usual seeing at
   * the zenith; above 0, at most 1.
   *
   * @param airmass of the field
   * @see #open for the other parameters
   */
  double transparency(int night, int minute, double airmass) {
    double extinction = cloud[night][minute] + 0.12 * (airmass - 1);
    double blur = seeing[night][minute] * Math.pow(airmass, 0.6) / USUAL_SEEING;
    double inFibre = Math.min(1, Math.pow(blur, -1.2)); // no more enters than the fibre takes
    return Math.max(0.01, Math.pow(10, -0.4 * extinction) * inFibre);
  }
}

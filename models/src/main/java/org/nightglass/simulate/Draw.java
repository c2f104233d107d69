package org.nightglass.simulate;

import java.util.random.RandomGenerator;

/** The distributions that simulations are made of. */
final class Draw {
  private Draw() {}

  static double uniform(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  /** A value whose logarithm is uniform between those of the limits. */
  static double logUniform(RandomGenerator random, double low, double high) {
    return low * Math.exp(Math.log(high / low) * random.nextDouble());
  }

  /** A value whose natural logarithm is normal with this standard deviation. */
  static double logNormal(RandomGenerator random, double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }

  /** A normal value, redrawn until it lies within the limits. */
  static double truncatedNormal(
      RandomGenerator random, double mean, double sigma, double low, double high) {
    for (int attempt = 0; attempt < 100; attempt++) {
      double value = mean + sigma * random.nextGaussian();
      if (value >= low && value <= high) {
        return value;
      }
    }
    return Math.max(low, Math.min(high, mean));
  }

  static boolean chance(RandomGenerator random, double probability) {
    return random.nextDouble() < probability;
  }
}

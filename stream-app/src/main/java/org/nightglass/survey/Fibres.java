package org.nightglass.survey;

import java.util.SplittableRandom;

/** The fibres of a telescope, some of which fail. The same seed fails the same ones. Immutable. */
final class Fibres {
  private static final double BROKEN_FROM_THE_START = 0.01;
  private static final double FAILING_PER_NIGHT = 0.005;

  /** A field's second visit puts each target on another fibre, so many further on. */
  private static final int SHIFT = 7;

  private final int[] failsInNight;

  Fibres(long seed, int fibres, int nights) {
    SplittableRandom random = new SplittableRandom(seed);
    failsInNight = new int[fibres];
    for (int fibre = 0; fibre < fibres; fibre++) {
      int night = random.nextDouble() < BROKEN_FROM_THE_START ? 0 : 1;
      while (night > 0 && night < nights && random.nextDouble() >= FAILING_PER_NIGHT) {
        night++;
      }
      failsInNight[fibre] = night;
    }
  }

  /**
   * The fibre that a target is put on.
   *
   * @param place of the target in its field, from 0
   * @param visit of the field, from 0
   */
  int fibre(int place, int visit) {
    return (place + visit * SHIFT) % failsInNight.length;
  }

  /** Whether a fibre works in a night. */
  boolean works(int fibre, int night) {
    return night < failsInNight[fibre];
  }
}

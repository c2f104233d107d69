package org.nightglass.simulate;

import java.util.SplittableRandom;

/** Random generators that depend on a seed and an index, and on nothing drawn before. */
public final class Seeds {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private Seeds() {}

  /** The generator of item {@code index} of {@code seed}. */
  public static SplittableRandom generator(long seed, long index) {
    return new SplittableRandom(mix(mix(seed + GOLDEN) + GOLDEN * (index + 1)));
  }

  /** The finaliser of MurmurHash3 in Stafford's variant 13, as SplitMix64 uses it. */
  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}

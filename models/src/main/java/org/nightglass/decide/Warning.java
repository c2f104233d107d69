package org.nightglass.decide;

import java.util.EnumSet;
import java.util.Set;

/**
 * What speaks against a result, one bit each, in the manner of redrock's {@code ZWARN}. Bits are
 * part of the contract: never moved, never reused; 12 to 31 are reserved.
 */
public enum Warning {
  /** No pixel with information on the model's grid. */
  NO_DATA(0),
  /** Less of the model's grid is covered than the acceptance policy asks for. */
  LITTLE_COVERAGE(1),
  /** The median signal-to-noise ratio is below the acceptance policy's limit. */
  LOW_SNR(2),
  /** The best class's probability is below the acceptance policy's limit. */
  CLASS_UNCERTAIN(3),
  /** The ensemble's members disagree on the redshift. */
  ENSEMBLE_SPREAD(4),
  /** The redshift lies at the edge of, or beyond, the range that the network can give. */
  Z_OUT_OF_RANGE(5),
  /**
   * Like nothing the model was trained on: sky fibre, artefact, another kind of object. The
   * classifier says so, or no redshift fits a spectrum whose S/N is high enough for one.
   */
  OUT_OF_DISTRIBUTION(6),
  /** The flux calibration looks wrong. */
  BAD_CALIBRATION(7),
  /** The class does not fit what the target was selected as. */
  INCOMPATIBLE_WITH_TARGET_TYPE(8),
  /** The class has no redshift network: {@code z} is not estimated. */
  Z_NOT_ESTIMATED(9),
  /** The redshift distribution's main peak holds too little of the probability. */
  Z_AMBIGUOUS(10),
  /** The stated night is not the night that follows from the exposure's time. */
  NIGHT_MISMATCH(11);

  private final int bit;

  Warning(int bit) {
    this.bit = bit;
  }

  /** The warning's bit in a bitmask. */
  public int bit() {
    return bit;
  }

  /**
   * Whether a redshift with this warning is never accepted as good. Two warnings leave it standing:
   * a target that turns out to be something else than it was selected as has a redshift all the
   * same, and so has one whose night is in doubt.
   */
  public boolean disqualifies() {
    return this != INCOMPATIBLE_WITH_TARGET_TYPE && this != NIGHT_MISMATCH;
  }

  /** The bitmask of a set of warnings. */
  public static int bits(Set<Warning> warnings) {
    int bits = 0;
    for (Warning warning : warnings) {
      bits |= 1 << warning.bit;
    }
    return bits;
  }

  /**
   * The set of warnings of a bitmask.
   *
   * @throws IllegalArgumentException if a reserved bit is set
   */
  public static Set<Warning> ofBits(int bits) {
    Set<Warning> warnings = EnumSet.noneOf(Warning.class);
    int rest = bits;
    for (Warning warning : values()) {
      if ((bits & 1 << warning.bit) != 0) {
        warnings.add(warning);
        rest &= ~(1 << warning.bit);
      }
    }
    if (rest != 0) {
      throw new IllegalArgumentException(
          "warning bits 0x%x hold reserved bits 0x%x".formatted(bits, rest));
    }
    return warnings;
  }
}

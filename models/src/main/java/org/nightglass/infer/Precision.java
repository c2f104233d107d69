package org.nightglass.infer;

import java.util.Locale;

/** What numbers the networks' products are made of. */
public enum Precision {
  /**
   * {@link #BFLOAT16} on a processor that has instructions for it, else {@link #FLOAT32}; networks
   * that give a redshift as a number, not as a distribution, stay in {@link #FLOAT32}.
   */
  AUTO,

  /** As the networks were trained. */
  FLOAT32,

  /**
   * Convolutions and matrix products of 16-bit numbers, summed in float32; everything after the
   * last product in float32.
   */
  BFLOAT16;

  /**
   * @param text as settings name it
   * @throws IllegalArgumentException if it is none
   */
  public static Precision parse(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  /** How settings name it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}

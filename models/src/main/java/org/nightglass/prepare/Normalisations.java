package org.nightglass.prepare;

/** The normalisations that a model card can name. */
public final class Normalisations {
  private Normalisations() {}

  /**
   * @param name as in the model card
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Normalisation byName(String name) {
    return switch (name) {
      case ContrastNormalisation.NAME -> new ContrastNormalisation();
      case UnitNormNormalisation.NAME -> new UnitNormNormalisation();
      default ->
          throw new IllegalArgumentException(
              "no normalisation named '%s'; known are %s, %s"
                  .formatted(name, ContrastNormalisation.NAME, UnitNormNormalisation.NAME));
    };
  }
}

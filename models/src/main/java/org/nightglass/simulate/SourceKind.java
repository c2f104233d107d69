package org.nightglass.simulate;

import java.util.List;

/**
 * What to draw from a {@link SourceLibrary}: a class, and what is to be typical of it.
 *
 * <p>What is drawn is a wish; what a survey would call the spectrum is measured on it afterwards
 * ({@link SdssSubclass}). A starburst at a redshift where Hα has left the grid is a plain galaxy to
 * SDSS.
 *
 * @param sourceClass the class
 * @param type galaxies: {@code PASSIVE}, {@code STARFORMING}, {@code STARBURST}, {@code AGN};
 *     stars: a type as SDSS spells it ({@code K5}, {@code WD}), or its beginning ({@code K}); empty
 *     = any, the only one that quasars have
 */
public record SourceKind(SourceClass sourceClass, String type) {
  // Before the constants below, whose constructor reads it.
  private static final List<String> GALAXY_TYPES =
      List.of("", "PASSIVE", "STARFORMING", "STARBURST", "AGN");

  public static final SourceKind PASSIVE = new SourceKind(SourceClass.GALAXY, "PASSIVE");
  public static final SourceKind STARFORMING = new SourceKind(SourceClass.GALAXY, "STARFORMING");
  public static final SourceKind STARBURST = new SourceKind(SourceClass.GALAXY, "STARBURST");
  public static final SourceKind AGN = new SourceKind(SourceClass.GALAXY, "AGN");
  public static final SourceKind QUASAR = new SourceKind(SourceClass.QSO, "");
  public static final SourceKind STAR = new SourceKind(SourceClass.STAR, "");

  /**
   * @throws IllegalArgumentException if a galaxy is of no known type, or a quasar of any
   */
  public SourceKind {
    boolean known =
        switch (sourceClass) {
          case GALAXY -> GALAXY_TYPES.contains(type);
          case QSO -> type.isEmpty();
          case STAR -> true;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "no %s of type '%s' can be drawn; galaxies are one of %s, quasars have no type"
              .formatted(sourceClass, type, GALAXY_TYPES));
    }
  }

  /** Anything of a class. */
  public static SourceKind any(SourceClass sourceClass) {
    return new SourceKind(sourceClass, "");
  }

  /** A star of a type. */
  public static SourceKind star(String type) {
    return new SourceKind(SourceClass.STAR, type);
  }

  /**
   * What to draw for a label such as {@code GALAXY_AGN}, {@code QSO_BROADLINE}, {@code STAR_K5}.
   *
   * @throws IllegalArgumentException if there is nothing of that name
   */
  public static SourceKind ofLabel(String label) {
    int end = label.indexOf('_');
    SourceClass family = SourceClass.valueOf(end < 0 ? label : label.substring(0, end));
    String type = end < 0 ? "" : label.substring(end + 1);
    return switch (family) {
      case GALAXY -> new SourceKind(family, type.isEmpty() ? "PASSIVE" : type);
      case QSO -> QUASAR;
      case STAR -> star(type);
    };
  }

  /** For instance {@code GALAXY_AGN}. */
  public String label() {
    return type.isEmpty() ? sourceClass.name() : sourceClass + "_" + type;
  }
}

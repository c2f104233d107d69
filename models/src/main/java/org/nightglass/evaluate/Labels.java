package org.nightglass.evaluate;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;

/**
 * Which classes there are, and what counts as right.
 *
 * <p>A catalogue's class and subclass are brought to the finest class that the model knows: {@code
 * GALAXY} with {@code AGN BROADLINE} is {@code GALAXY_AGN} to a model that has this class and
 * {@code GALAXY} to one that has not. A class's family is its name up to the first underscore.
 */
public final class Labels {
  /** A fibre on empty sky. */
  public static final String SKY = "SKY";

  private static final double QUASAR_LIMIT = 0.01;
  private static final double LIMIT = 0.003;

  private final @Nullable List<String> classes;
  private final @Nullable Set<String> withRedshift;

  private Labels(@Nullable List<String> classes, @Nullable Set<String> withRedshift) {
    this.classes = classes;
    this.withRedshift = withRedshift;
  }

  /** The classes of a bundle. */
  public static Labels of(ModelCard card) {
    return of(
        card.classifier().classes(),
        Set.copyOf(card.redshifts().stream().flatMap(r -> r.classes().stream()).toList()));
  }

  /**
   * @param classes labels in the model's order
   * @param withRedshift those that the model has a redshift network for
   */
  public static Labels of(List<String> classes, Set<String> withRedshift) {
    return new Labels(List.copyOf(classes), Set.copyOf(withRedshift));
  }

  /** Every class and subclass as the catalogue has it; all have redshifts. */
  public static Labels asTheyCome() {
    return new Labels(null, null);
  }

  /** The classes in the model's order; empty where labels are taken as they come. */
  public List<String> classes() {
    return classes == null ? List.of() : classes;
  }

  /**
   * The label of an object.
   *
   * @param objectClass as a catalogue spells it
   * @param subclass words after it, blank or {@code nan} where there is none
   */
  public String truth(String objectClass, @Nullable String subclass) {
    String family = objectClass.trim().toUpperCase(Locale.ROOT);
    String words = subclass == null ? "" : subclass.trim().toUpperCase(Locale.ROOT);
    if (words.isEmpty() || words.equals("NAN")) {
      return family;
    }
    String whole = family + "_" + words.replaceAll("\\s+", "_");
    if (classes == null || classes.contains(whole)) {
      return whole;
    }
    for (String word : words.split("\\s+", -1)) {
      if (classes.contains(family + "_" + word)) {
        return family + "_" + word;
      }
    }
    return family;
  }

  /** {@code GALAXY} of {@code GALAXY_AGN}. */
  public static String family(String label) {
    int end = label.indexOf('_');
    return end < 0 ? label : label.substring(0, end);
  }

  /**
   * Whether a class is right. Where the model has only subclasses of the true class, as of a star
   * whose type it does not know, any of them is.
   */
  public boolean right(String truth, String said) {
    return said.equals(truth)
        || (classes != null && !classes.contains(truth) && family(said).equals(truth));
  }

  /**
   * Whether the model means to give redshifts of a class. Of a true class that it knows only by its
   * subclasses, if it does so for one of them.
   */
  public boolean hasRedshift(String label) {
    if (label.equals(SKY)) {
      return false;
    }
    return withRedshift == null
        || withRedshift.contains(label)
        || (!classes().contains(label)
            && withRedshift.stream().anyMatch(known -> family(known).equals(family(label))));
  }

  /**
   * Greatest |dz| of a right redshift: 0.01 (3000 km/s, DESI's limit) for quasars, 0.003 (about
   * 1000 km/s) for all else.
   */
  public static double limit(String label) {
    return family(label).equals("QSO") ? QUASAR_LIMIT : LIMIT;
  }

  /** Whether family and redshift are right: what makes an accepted redshift a good one. */
  static boolean redshiftRight(Scored scored) {
    Double dz = scored.dz();
    String said = scored.said();
    return dz != null
        && Math.abs(dz) <= limit(scored.label())
        && (said == null || family(said).equals(family(scored.label())));
  }
}

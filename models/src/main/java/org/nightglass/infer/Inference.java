package org.nightglass.infer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one spectrum.
 *
 * @param classes class labels, in the model's order
 * @param probabilities one a class, finite, adding up to 1
 * @param outlier probability that the spectrum is of none of the classes, 0 to 1; null for models
 *     that do not tell
 * @param redshift null for a class that has no redshift network (stars, in the paper's manner)
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
public record Inference(
    List<String> classes,
    double[] probabilities,
    @Nullable Double outlier,
    @Nullable RedshiftEstimate redshift) {

  /** From a model that knows nothing but its classes. */
  public Inference(
      List<String> classes, double[] probabilities, @Nullable RedshiftEstimate redshift) {
    this(classes, probabilities, null, redshift);
  }

  /** Index of the class: the most probable one of the {@linkplain #family() family}. */
  public int best() {
    return best(classes, probabilities);
  }

  /**
   * Probability of the class's family, for instance of any {@code GALAXY_…}: however close a call
   * it is between the types of a galaxy, a galaxy it is, and its redshift stands.
   */
  public double familyProbability() {
    String family = family(classes.get(best()));
    double sum = 0;
    for (int c = 0; c < probabilities.length; c++) {
      sum += family(classes.get(c)).equals(family) ? probabilities[c] : 0;
    }
    return Math.min(1, sum);
  }

  /**
   * The most probable class of the most probable family: four kinds of galaxy do not lose against
   * one kind of star because they share what speaks for a galaxy.
   *
   * @param classes labels
   * @param probabilities one a label
   * @return index of the class
   */
  public static int best(List<String> classes, double[] probabilities) {
    Map<String, Double> families = new TreeMap<>();
    for (int c = 0; c < probabilities.length; c++) {
      families.merge(family(classes.get(c)), probabilities[c], Double::sum);
    }
    int best = -1;
    for (int c = 0; c < probabilities.length; c++) {
      if (best < 0 || better(classes, probabilities, families, c, best)) {
        best = c;
      }
    }
    return best;
  }

  private static boolean better(
      List<String> classes, double[] probabilities, Map<String, Double> families, int c, int than) {
    String own = family(classes.get(c));
    String other = family(classes.get(than));
    return own.equals(other)
        ? probabilities[c] > probabilities[than]
        : families.getOrDefault(own, 0.0) > families.getOrDefault(other, 0.0);
  }

  /** {@code GALAXY} of {@code GALAXY_AGN}. */
  public static String family(String label) {
    int end = label.indexOf('_');
    return end < 0 ? label : label.substring(0, end);
  }
}

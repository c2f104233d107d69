package org.nightglass.policy;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a programme wants. Goals that stand in the plan win over those that stand here.
 *
 * @param name of the programme; {@value #DEFAULT} for those that have no policy of their own
 * @param acceptance when a redshift is good, by class; key {@value #ANY_CLASS} for all others
 * @param observationsGood observations that a target with a good redshift deserves, by class found;
 *     0 = as many as the plan says
 * @param observationsFailed observations after which a target without a good redshift is given up,
 *     by the class it was selected as
 * @param doneBy what makes an observation count as good
 * @param successRule when an observation is a success by its signal; null = no such rule
 * @param exposures whether spectra of a target add up
 * @param goalSnr goal for the median S/N per pixel; null = none
 * @param goalEffectiveSeconds goal for the effective exposure time in seconds; null = none
 * @param minTimeFraction effective-time fraction from which a field is done, 0 to 1 (DESI MINTFRAC)
 * @param minGoodFibres good fibres from which a field is done; null = any number
 * @param maxExposureSeconds longest single exposure in seconds (DESI MAX_EXPTIME); null = none
 * @param capSeconds longest remaining or extra time in seconds that is stated as a number
 * @param fingerprint stands for all of the above: another policy has another one
 */
public record ProgrammePolicy(
    String name,
    Map<String, Acceptance> acceptance,
    Map<String, Integer> observationsGood,
    Map<String, Integer> observationsFailed,
    DoneBy doneBy,
    @Nullable SnrRule successRule,
    Exposures exposures,
    @Nullable Double goalSnr,
    @Nullable Double goalEffectiveSeconds,
    double minTimeFraction,
    @Nullable Integer minGoodFibres,
    @Nullable Double maxExposureSeconds,
    double capSeconds,
    String fingerprint) {

  /** Stands in for programmes that have no policy of their own. */
  public static final String DEFAULT = "default";

  /** Stands in for classes that have no entry of their own. */
  public static final String ANY_CLASS = "*";

  /** What makes an observation count as good. */
  public enum DoneBy {
    /** A good redshift. */
    REDSHIFT,
    /** The success rule on its S/N, whatever the redshift. */
    RULES,
    /** Both. */
    BOTH
  }

  /** Whether a target's spectra add up. */
  public enum Exposures {
    /** Each spectrum is of one exposure: effective times add up. */
    SINGLE,
    /** Each spectrum holds all before it: the deepest one counts. */
    COADDED
  }

  public ProgrammePolicy {
    acceptance = Map.copyOf(acceptance);
    observationsGood = Map.copyOf(observationsGood);
    observationsFailed = Map.copyOf(observationsFailed);
  }

  /** When a redshift of a class is good. */
  public Acceptance acceptance(String label) {
    Acceptance own = acceptance.get(label);
    if (own == null) {
      own = acceptance.get(family(label));
    }
    if (own == null) {
      own = acceptance.get(ANY_CLASS);
    }
    if (own == null) {
      throw new IllegalStateException("programme " + name + " has no acceptance for " + label);
    }
    return own;
  }

  /**
   * Observations that a target deserves.
   *
   * @param good whether it has a good redshift
   * @param label the class found, of a good one; the class it was selected as, of a failed one
   * @param planned as the plan says (NUMOBS_INIT)
   */
  public int observations(boolean good, @Nullable String label, int planned) {
    Map<String, Integer> wanted = good ? observationsGood : observationsFailed;
    Integer own = label == null ? null : wanted.get(label);
    if (own == null && label != null) {
      own = wanted.get(family(label));
    }
    if (own == null) {
      own = wanted.getOrDefault(ANY_CLASS, 0);
    }
    return own == 0 ? planned : own;
  }

  /** The windows in which S/N must be measured. */
  public Set<SnrWindow> windows() {
    return successRule == null ? Set.of() : successRule.windows();
  }

  /** The family of a class: {@code GALAXY} of {@code GALAXY_AGN}. */
  public static String family(String label) {
    int end = label.indexOf('_');
    return end < 0 ? label : label.substring(0, end);
  }
}

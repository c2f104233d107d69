package org.nightglass.policy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Warning;

/**
 * When a redshift is good ({@code ML_GOOD_Z}) for a programme and a class. All conditions must
 * hold.
 *
 * @param minClassProbability least probability of the class, 0 to 1
 * @param maxRelativeError greatest z_err/(1+z); infinite = any
 * @param minSnr least median S/N per pixel
 * @param redshiftNeeded whether there must be a redshift at all: a star may be good without one
 * @param modelAccepts whether the model's own acceptance must hold too, where a redshift is needed
 * @param forbidden warnings with which nothing is good
 */
public record Acceptance(
    double minClassProbability,
    double maxRelativeError,
    double minSnr,
    boolean redshiftNeeded,
    boolean modelAccepts,
    Set<Warning> forbidden) {

  public Acceptance {
    forbidden = forbidden.isEmpty() ? Set.of() : Set.copyOf(forbidden);
  }

  /**
   * What is judged.
   *
   * @param probability of the class, 0 to 1
   * @param z redshift; null where there is none
   * @param zErr its error; null where there is none
   * @param modelGoodZ whether the model's card accepts the redshift
   * @param warningBits as in SpectrumResult
   * @param snr median S/N per pixel
   */
  public record Candidate(
      double probability,
      @Nullable Double z,
      @Nullable Double zErr,
      boolean modelGoodZ,
      long warningBits,
      double snr) {}

  /** Whether the class is believed, whatever the redshift. */
  public boolean classifies(Candidate candidate) {
    return candidate.probability() >= minClassProbability;
  }

  /** Every condition that a candidate fails, with value and limit; empty = it is good. */
  public List<String> failures(Candidate candidate) {
    List<String> failures = new ArrayList<>();
    if (!classifies(candidate)) {
      failures.add(below("class probability", candidate.probability(), minClassProbability));
    }
    if (!(candidate.snr() >= minSnr)) {
      failures.add(below("S/N", candidate.snr(), minSnr));
    }
    if (redshiftNeeded) {
      addRedshiftFailures(candidate, failures);
    }
    Set<Warning> standing = EnumSet.noneOf(Warning.class);
    for (Warning warning : forbidden) {
      if ((candidate.warningBits() >> warning.bit() & 1) != 0) {
        standing.add(warning);
      }
    }
    standing.forEach(warning -> failures.add("warning " + warning));
    return failures;
  }

  private void addRedshiftFailures(Candidate candidate, List<String> failures) {
    Double z = candidate.z();
    Double zErr = candidate.zErr();
    if (z == null || zErr == null) {
      failures.add("no redshift");
      return;
    }
    double relative = zErr / (1 + z);
    if (!(relative <= maxRelativeError)) {
      failures.add(
          String.format(Locale.ROOT, "z_err/(1+z) %.2g, at most %.2g", relative, maxRelativeError));
    }
    if (modelAccepts && !candidate.modelGoodZ()) {
      failures.add("the model does not accept its redshift");
    }
  }

  private static String below(String what, double value, double limit) {
    return String.format(Locale.ROOT, "%s %.3g, at least %.3g", what, value, limit);
  }
}

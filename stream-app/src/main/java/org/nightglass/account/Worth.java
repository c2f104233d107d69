package org.nightglass.account;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.policy.Policies;

/**
 * What a spectrum is worth to its programme: a {@link Verdict} in short, without its reasons.
 *
 * @param valid whether the spectrum holds usable data
 * @param classified whether its class is accepted
 * @param good whether its redshift is good, or a person says so
 * @param success whether it is what the programme wants
 */
public record Worth(boolean valid, boolean classified, boolean good, boolean success) {
  /** The least first: of a target's spectra, the greatest speaks for it. */
  public static final Comparator<Worth> ORDER =
      Comparator.comparing(Worth::good)
          .thenComparing(Worth::success)
          .thenComparing(Worth::classified);

  /** Of a result by itself, by the policy of the programme that it names. */
  public static Worth of(SpectrumResult result, Policies policies) {
    return Verdict.of(
            InputReader.observed(result, ""), policies.of(result.getProgramme()), /* word= */ null)
        .worth();
  }

  /**
   * As a person has it: who accepts or rejects a target speaks of all its spectra; any other word
   * says nothing of them.
   *
   * @param action what the person said; null = nothing
   */
  public Worth by(@Nullable String action) {
    if (Verdict.ACCEPT.equals(action)) {
      return new Worth(valid, valid, valid, valid);
    }
    if (Verdict.REJECT.equals(action)) {
      return new Worth(valid, classified, false, false);
    }
    return this;
  }
}

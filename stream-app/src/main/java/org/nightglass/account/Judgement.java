package org.nightglass.account;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.policy.ProgrammePolicy;

/**
 * A spectrum with its verdict.
 *
 * @param spectrum what was observed
 * @param verdict what it is worth
 */
record Judgement(Observed spectrum, Verdict verdict) {
  private static final Comparator<Judgement> WORTH =
      Comparator.comparing((Judgement j) -> j.verdict().worth(), Worth.ORDER)
          .thenComparing(j -> j.spectrum().snr())
          .thenComparing(j -> j.spectrum().spectrum());

  /** Judges spectra by a programme's policy. */
  static List<Judgement> of(
      List<Observed> spectra, ProgrammePolicy policy, @Nullable Overridden word) {
    return spectra.stream()
        .map(spectrum -> new Judgement(spectrum, Verdict.of(spectrum, policy, word)))
        .toList();
  }

  /** The best of the usable ones; null where none is usable. */
  static @Nullable Judgement best(List<Judgement> judgements) {
    return judgements.stream()
        .filter(judgement -> judgement.verdict().valid())
        .max(WORTH)
        .orElse(null);
  }

  /** The class found, as a person or the model gives it. */
  String label(@Nullable Overridden word) {
    Overridden given = given(word);
    return given != null && given.label() != null ? given.label() : spectrum.label();
  }

  /** The redshift, as a person or the model gives it. */
  @Nullable Double z(@Nullable Overridden word) {
    Overridden given = given(word);
    return given != null && given.z() != null ? given.z() : spectrum.z();
  }

  /** The error of the redshift; null where a person gave it. */
  @Nullable Double zErr(@Nullable Overridden word) {
    Overridden given = given(word);
    return given != null && given.z() != null ? null : spectrum.zErr();
  }

  /** Only a person who accepts a redshift gives a class or a redshift. */
  private @Nullable Overridden given(@Nullable Overridden word) {
    return word != null && word.action().equals(Verdict.ACCEPT) && verdict.good() ? word : null;
  }
}

package org.nightglass.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.policy.ProgrammePolicy.Exposures;

/**
 * How far a target's signal is towards its goal, in the sky-limited regime, in which S/N² grows
 * linearly with time (DESI: {@code EFFTIME_SPEC = SNR2TIME × TSNR2}): the fraction of the effective
 * time is the sum of (SNR/SNR_goal)² over exposures, and what is missing takes {@code
 * t_exp·(1/fraction − 1)} in conditions as so far.
 *
 * @param fraction of the goal's effective time; null with a reason
 * @param exposedSeconds time exposed so far; null where an exposure does not state it
 * @param extraSeconds still missing; 0 where reached; null with a reason
 * @param reason why one of them is null; null where none is
 */
record EffectiveTime(
    @Nullable Double fraction,
    @Nullable Double exposedSeconds,
    @Nullable Double extraSeconds,
    @Nullable String reason) {

  /**
   * @param spectra usable spectra of a target
   * @param goalSnr goal for the median S/N; null = none
   * @param capSeconds greatest extra time that is stated
   */
  static EffectiveTime of(
      List<Observed> spectra, @Nullable Double goalSnr, Exposures exposures, double capSeconds) {
    if (goalSnr == null) {
      return new EffectiveTime(null, null, null, "neither plan nor policy sets a goal for the S/N");
    }
    double fraction = 0;
    Double seconds = 0.0;
    for (Observed spectrum : spectra) {
      double own = square(Math.max(0, spectrum.snr()) / goalSnr);
      Double length = spectrum.exposureSeconds();
      if (exposures == Exposures.SINGLE) {
        fraction += own;
        seconds = seconds == null || length == null ? null : (Double) (seconds + length);
      } else if (own >= fraction) {
        fraction = own;
        seconds = length;
      }
    }
    if (spectra.isEmpty()) {
      return new EffectiveTime(0.0, 0.0, null, "not observed yet");
    }
    if (fraction >= 1) {
      return new EffectiveTime(fraction, seconds, 0.0, null);
    }
    if (fraction == 0) {
      return new EffectiveTime(0.0, seconds, null, "S/N is not positive");
    }
    if (seconds == null || seconds == 0) {
      return new EffectiveTime(fraction, null, null, "an exposure does not state its time");
    }
    double extra = seconds * (1 / fraction - 1);
    return extra <= capSeconds
        ? new EffectiveTime(fraction, seconds, extra, null)
        : new EffectiveTime(
            fraction,
            seconds,
            null,
            "more than %.0f s are missing: the estimate holds no longer".formatted(capSeconds));
  }

  private static double square(double value) {
    return value * value;
  }
}

package org.nightglass.survey;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One sky under one weather, observed in each way.
 *
 * @param seed of both
 * @param fields that the survey has
 * @param curves what each way came to
 */
public record SeedOutcome(long seed, int fields, Map<FeedbackMode, Curve> curves) {
  public SeedOutcome {
    curves = new EnumMap<>(curves);
  }

  /** The completeness that every way reaches: the lowest of those at the ends. */
  public double commonCompleteness() {
    return curves.values().stream().mapToDouble(Curve::completeness).min().orElse(0);
  }

  /** Open-shutter seconds to {@link #commonCompleteness}; null where a way was not simulated. */
  public @Nullable Double secondsToCommon(FeedbackMode mode) {
    Curve curve = curves.get(mode);
    return curve == null ? null : curve.secondsTo(commonCompleteness());
  }

  /**
   * How much less open-shutter time a way takes than another to the common completeness, as a share
   * of the other's; negative = it takes more; null where one was not simulated or took no time.
   */
  public @Nullable Double gain(FeedbackMode mode, FeedbackMode over) {
    Double own = secondsToCommon(mode);
    Double other = secondsToCommon(over);
    return own == null || other == null || other <= 0 ? null : (Double) (1 - own / other);
  }
}

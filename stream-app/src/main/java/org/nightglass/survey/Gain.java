package org.nightglass.survey;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Open-shutter time that one way saves over another, over several seeds.
 *
 * @param mode the way
 * @param over the other
 * @param seeds number of seeds that it is known of
 * @param mean share of the other's time
 * @param scatter standard deviation between seeds (n − 1); null for one
 * @param least of the seeds
 * @param most of the seeds
 * @param positive number of seeds in which time is saved
 */
public record Gain(
    FeedbackMode mode,
    FeedbackMode over,
    int seeds,
    double mean,
    @Nullable Double scatter,
    double least,
    double most,
    int positive) {

  /** The gain over seeds; null where none tells it. */
  public static @Nullable Gain of(
      FeedbackMode mode, FeedbackMode over, List<SeedOutcome> outcomes) {
    List<Double> gains =
        outcomes.stream().map(o -> o.gain(mode, over)).filter(Objects::nonNull).toList();
    if (gains.isEmpty()) {
      return null;
    }
    int n = gains.size();
    double mean = gains.stream().mapToDouble(g -> g).sum() / n;
    double squares = gains.stream().mapToDouble(g -> (g - mean) * (g - mean)).sum();
    return new Gain(
        mode,
        over,
        n,
        mean,
        n > 1 ? (Double) Math.sqrt(squares / (n - 1)) : null,
        gains.stream().mapToDouble(g -> g).min().orElse(mean),
        gains.stream().mapToDouble(g -> g).max().orElse(mean),
        (int) gains.stream().filter(g -> g > 0).count());
  }

  /** What feedback is worth: live and morning over none, live over morning, as far as simulated. */
  public static List<Gain> all(List<SeedOutcome> outcomes) {
    return Stream.of(
            of(FeedbackMode.MORNING, FeedbackMode.NONE, outcomes),
            of(FeedbackMode.LIVE, FeedbackMode.NONE, outcomes),
            of(FeedbackMode.LIVE, FeedbackMode.MORNING, outcomes))
        .filter(Objects::nonNull)
        .toList();
  }
}

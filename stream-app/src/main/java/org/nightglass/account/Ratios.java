package org.nightglass.account;

import static org.nightglass.account.Tallying.ASSIGNED;
import static org.nightglass.account.Tallying.ASSIGNED_OBSERVED;
import static org.nightglass.account.Tallying.CLASSIFIED;
import static org.nightglass.account.Tallying.GOOD;
import static org.nightglass.account.Tallying.OBSERVED;
import static org.nightglass.account.Tallying.SKY;
import static org.nightglass.account.Tallying.SKY_ACCEPTED;
import static org.nightglass.account.Tallying.TARGETED;
import static org.nightglass.account.Tallying.TARGETED_GOOD;
import static org.nightglass.account.Tallying.VALID;

import java.util.List;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.nightglass.avro.YieldRatio;

/**
 * The funnel's ratios, each with the binomial interval after Jeffreys (equal tails of the posterior
 * Beta(k + ½, n − k + ½); Brown, Cai &amp; DasGupta 2001), 68.3 %. A ratio of nothing is null with
 * a reason.
 */
final class Ratios {
  private static final double CONFIDENCE = 0.683;

  private Ratios() {}

  static List<YieldRatio> of(Scope scope, Counters counters) {
    boolean found = scope.found() != null;
    return List.of(
        found
            ? unknown("observation_completeness")
            : ratio("observation_completeness", counters, ASSIGNED_OBSERVED, ASSIGNED, "assigned"),
        ratio("valid_fraction", counters, VALID, OBSERVED, "observed"),
        ratio("classified_fraction", counters, CLASSIFIED, VALID, "valid"),
        ratio("success_rate", counters, GOOD, VALID, "valid"),
        found
            ? unknown("redshift_completeness")
            : ratio("redshift_completeness", counters, TARGETED_GOOD, TARGETED, "targeted"),
        ratio("sky_false_positive_rate", counters, SKY_ACCEPTED, SKY, "a sky fibre"));
  }

  private static YieldRatio unknown(String name) {
    return new YieldRatio(
        name, null, null, null, null, null, "a class is known only after observation");
  }

  private static YieldRatio ratio(
      String name, Counters counters, String above, String below, String what) {
    long k = counters.get(above);
    long n = counters.get(below);
    if (n <= 0 || k < 0 || k > n) {
      return new YieldRatio(name, k, n, null, null, null, "nothing is " + what + " yet");
    }
    Interval interval =
        BinomialConfidenceInterval.JEFFREYS.fromErrorRate(
            Math.toIntExact(n), Math.toIntExact(k), 1 - CONFIDENCE);
    return new YieldRatio(
        name, k, n, k / (double) n, interval.getLowerBound(), interval.getUpperBound(), null);
  }
}

package org.nightglass.survey;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A survey's outcome as lines for a terminal. */
public final class SurveyText {
  private static final double HOUR = 3600;

  private SurveyText() {}

  /** What each way of observing one seed came to. */
  public static List<String> table(SurveyPlan plan, SeedOutcome outcome) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %d nights, %d fields of %d targets, seed %d"
            .formatted(
                plan.preset().goals().survey(),
                plan.nights(),
                outcome.fields(),
                plan.fibres(),
                outcome.seed()));
    lines.add(
        "%-9s %9s %12s %8s %13s %7s %12s"
            .formatted(
                "feedback",
                "exposures",
                "open shutter",
                "good z",
                "completeness",
                "right",
                "to " + percent(outcome.commonCompleteness())));
    outcome.curves().forEach((mode, curve) -> lines.add(line(mode, curve, outcome)));
    return lines;
  }

  /** What feedback was worth over all seeds; nothing where only one way was simulated. */
  public static List<String> gains(List<SeedOutcome> outcomes) {
    return Gain.all(outcomes).stream().map(SurveyText::line).toList();
  }

  private static String line(FeedbackMode mode, Curve curve, SeedOutcome outcome) {
    return "%-9s %9d %12s %8d %13s %7s %12s"
        .formatted(
            Survey.name(mode),
            curve.points().size(),
            hours(curve.openSeconds()),
            Math.round(curve.completeness() * curve.targets()),
            percent(curve.completeness()),
            percent(curve.purity()),
            hours(outcome.secondsToCommon(mode)));
  }

  /** A gain in words. */
  static String line(Gain gain) {
    String all =
        "%s takes %.1f %% %s open-shutter time than %s to the same completeness"
            .formatted(
                Survey.name(gain.mode()),
                100 * Math.abs(gain.mean()),
                gain.mean() >= 0 ? "less" : "more",
                Survey.name(gain.over()));
    return gain.scatter() == null
        ? all
        : all
            + " (mean of %d seeds; standard deviation %.1f, from %.1f to %.1f; less in %d)"
                .formatted(
                    gain.seeds(),
                    100 * gain.scatter(),
                    100 * gain.least(),
                    100 * gain.most(),
                    gain.positive());
  }

  static String percent(@Nullable Double share) {
    return share == null ? "–" : "%.1f %%".formatted(100 * share);
  }

  static String hours(@Nullable Double seconds) {
    return seconds == null ? "–" : "%.2f h".formatted(seconds / HOUR);
  }
}

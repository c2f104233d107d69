package org.nightglass.survey;

import java.util.List;

/**
 * What is to be simulated.
 *
 * @param preset the survey
 * @param nights that it lasts
 * @param fibres targets in a field
 * @param seeds one sky, weather and set of failing fibres each
 * @param modes ways of observing, each under every seed
 */
public record SurveyPlan(
    SimulatedSurvey preset, int nights, int fibres, List<Long> seeds, List<FeedbackMode> modes) {
  private static final int MOST_NIGHTS = 366;

  /**
   * @throws IllegalArgumentException with the first value that cannot be
   */
  public SurveyPlan {
    seeds = List.copyOf(seeds);
    modes = List.copyOf(modes);
    require("nights", nights, 1, MOST_NIGHTS);
    require("fibres", fibres, 1, 5000);
    require("seeds", seeds.size(), 1, 1000);
  }

  private static void require(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s is %d, must lie within %d to %d".formatted(what, value, least, most));
    }
  }
}

package org.nightglass.survey;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every number of a simulated survey, for JSON.
 *
 * @param version of Nightglass
 * @param model bundle, name/version
 * @param survey its name
 * @param programme its name
 * @param nights that it lasts
 * @param fibres targets in a field
 * @param runs each way under each seed
 * @param gains what feedback is worth
 */
public record SurveyReport(
    String version,
    String model,
    String survey,
    String programme,
    int nights,
    int fibres,
    List<Run> runs,
    List<Gain> gains) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  public SurveyReport {
    runs = List.copyOf(runs);
    gains = List.copyOf(gains);
  }

  /**
   * One way under one seed.
   *
   * @param openSeconds the shutter was open
   * @param completeness good redshifts over targets at the end, 0 to 1
   * @param purity share of the good ones that are right; null where none is good
   * @param commonCompleteness that every way under this seed reaches
   * @param secondsToCommon open-shutter time to that
   * @param points after every exposure
   */
  public record Run(
      long seed,
      FeedbackMode feedback,
      int fields,
      int targets,
      int exposures,
      double openSeconds,
      double completeness,
      @Nullable Double purity,
      double commonCompleteness,
      @Nullable Double secondsToCommon,
      List<Curve.Point> points) {}

  /**
   * @param version of Nightglass
   * @param model name/version of the bundle
   */
  public static SurveyReport of(
      SurveyPlan plan, List<SeedOutcome> outcomes, String version, String model) {
    List<Run> runs = new ArrayList<>();
    for (SeedOutcome outcome : outcomes) {
      outcome
          .curves()
          .forEach(
              (mode, curve) ->
                  runs.add(
                      new Run(
                          outcome.seed(),
                          mode,
                          outcome.fields(),
                          curve.targets(),
                          curve.points().size(),
                          curve.openSeconds(),
                          curve.completeness(),
                          curve.purity(),
                          outcome.commonCompleteness(),
                          outcome.secondsToCommon(mode),
                          curve.points())));
    }
    return new SurveyReport(
        version,
        model,
        plan.preset().goals().survey(),
        plan.preset().goals().programme(),
        plan.nights(),
        plan.fibres(),
        runs,
        Gain.all(outcomes));
  }

  /**
   * Writes it as JSON.
   *
   * @throws IOException if it cannot be written
   */
  public void write(Path file) throws IOException {
    JSON.writeValue(file.toFile(), this);
  }
}

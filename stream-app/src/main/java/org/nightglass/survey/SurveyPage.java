package org.nightglass.survey;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nightglass.evaluate.Axis;
import org.nightglass.evaluate.Html;
import org.nightglass.evaluate.PageStyle;
import org.nightglass.evaluate.Palette;
import org.nightglass.evaluate.SvgPlot;

/** Completeness against open-shutter time as one page that needs no other file and no network. */
public final class SurveyPage {
  private static final double HOUR = 3600;

  private SurveyPage() {}

  /**
   * Writes the page: a plot and a table for each seed, and what feedback was worth.
   *
   * @throws IOException if it cannot be written
   */
  public static void write(SurveyPlan plan, List<SeedOutcome> outcomes, Path file)
      throws IOException {
    StringBuilder page = new StringBuilder();
    String title = "What feedback is worth: " + plan.preset().goals().survey();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
        .append(Html.escape(title))
        .append("</title><style>")
        .append(PageStyle.CSS)
        .append("</style></head><body><main><h1>")
        .append(Html.escape(title))
        .append("</h1>");
    page.append("<pre>");
    lines(page, SurveyText.gains(outcomes));
    page.append("</pre>");
    for (SeedOutcome outcome : outcomes) {
      page.append("<figure>").append(plot(plan, outcome)).append("<pre>");
      lines(page, SurveyText.table(plan, outcome));
      page.append("</pre></figure>");
    }
    page.append("</main></body></html>\n");
    Files.writeString(file, page, StandardCharsets.UTF_8);
  }

  private static void lines(StringBuilder page, List<String> lines) {
    lines.forEach(line -> page.append(Html.escape(line)).append('\n'));
  }

  private static String plot(SurveyPlan plan, SeedOutcome outcome) {
    double hours =
        outcome.curves().values().stream().mapToDouble(Curve::openSeconds).max().orElse(0) / HOUR;
    double percent =
        100 * outcome.curves().values().stream().mapToDouble(Curve::completeness).max().orElse(0);
    List<String> words = new ArrayList<>();
    outcome
        .curves()
        .forEach(
            (mode, curve) ->
                words.add(
                    "%s: %s after %s"
                        .formatted(
                            Survey.name(mode),
                            SurveyText.percent(curve.completeness()),
                            SurveyText.hours(curve.openSeconds()))));
    SvgPlot plot =
        new SvgPlot(
            "seed" + outcome.seed(),
            "Completeness against open-shutter time, seed " + outcome.seed(),
            String.join("; ", words),
            Axis.linear("open shutter in hours, seed " + outcome.seed(), 0, Math.max(0.1, hours)),
            Axis.linear("redshift completeness in %", 0, Math.max(1, percent)));
    Palette palette = new Palette(plan.modes().stream().map(Survey::name).toList());
    outcome
        .curves()
        .forEach(
            (mode, curve) ->
                plot.line(Survey.name(mode), palette.colour(Survey.name(mode)), points(curve)));
    return plot.svg();
  }

  private static List<SvgPlot.Point> points(Curve curve) {
    List<SvgPlot.Point> points = new ArrayList<>();
    points.add(new SvgPlot.Point(0, 0));
    curve
        .points()
        .forEach(
            p ->
                points.add(
                    new SvgPlot.Point(p.openSeconds() / HOUR, 100.0 * p.good() / curve.targets())));
    return points;
  }
}

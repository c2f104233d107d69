package org.nightglass.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.Evaluation.Miss;
import org.nightglass.evaluate.Evaluation.Subject;

/** An evaluation as one page that needs no other file and no network. */
public final class EvaluationHtml {
  /** The file's name. */
  public static final String FILE = "evaluation.html";

  private static final int MOST_MISSES = 25;

  private EvaluationHtml() {}

  /**
   * @param evaluation the figures
   * @param scored the spectra that they are of
   * @param folder that is there
   * @throws IOException if the page cannot be written
   */
  public static Path write(Evaluation evaluation, List<Scored> scored, Path folder)
      throws IOException {
    Path file = folder.resolve(FILE);
    Files.writeString(file, page(evaluation, scored), StandardCharsets.UTF_8);
    return file;
  }

  static String page(Evaluation evaluation, List<Scored> scored) {
    Subject subject = evaluation.subject();
    StringBuilder page = new StringBuilder();
    page.append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    page.append("<title>%s, evaluated</title>".formatted(Html.escape(subject.model())));
    page.append("<style>").append(PageStyle.CSS).append("</style></head><body><main>");
    heading(page, subject);
    tiles(page, evaluation);
    page.append("<h2>By class</h2>");
    EvaluationTables.byClass(page, evaluation);
    if (!evaluation.unseen().isEmpty()) {
      page.append("<h2>Not trained on</h2>");
      EvaluationTables.unseen(page, evaluation.unseen());
    }
    Plots plots = new Plots(evaluation, scored);
    redshifts(page, plots);
    classes(page, evaluation, plots);
    EvaluationTables.bySnr(page, evaluation);
    appearances(page, evaluation, plots);
    misses(page, evaluation);
    EvaluationTables.definitions(page);
    return page.append("</main></body></html>\n").toString();
  }

  private static void redshifts(StringBuilder page, Plots plots) {
    page.append("<h2>Redshifts</h2><div class=\"grid2\">");
    figure(
        page,
        "Predicted against true redshift",
        plots.redshifts(),
        "Axes in ln(1+z). Dashed: equal. Large dots: |dz| beyond 0.01 for quasars, 0.003 for all else. Spectra at the"
            + " same place are drawn once.");
    figure(
        page,
        "Right redshifts by S/N",
        plots.bySnr(
            "right", "Right redshifts by S/N", "share right in %", null, Score::redshiftRight),
        "|dz| within 0.01 for quasars, 0.003 for all else; a missing estimate is a wrong one. Bars: 68.3 %"
            + " binomial.");
    figure(
        page,
        "Pulls",
        plots.pulls(),
        "Dashed: a Gaussian of width 1, which honest errors give. Classes with ten redshifts or more.");
    figure(
        page,
        "Coverage of 1σ by S/N",
        plots.bySnr(
            "coverage",
            "Coverage of 1σ by S/N",
            "|pull| ≤ 1 in %",
            68.3,
            score -> score.redshift().within1Sigma()),
        "Dashed: 68.3 %. Above it errors are too large, below too small.");
    figure(
        page,
        "Purity against completeness",
        plots.acceptance(),
        "The threshold on class probability × peak probability moves along each line. Rings: what the bundle accepts.");
    figure(
        page,
        "Accepted redshifts by S/N",
        plots.bySnr(
            "accepted", "Accepted redshifts by S/N", "accepted in %", null, Score::accepted),
        "By the bundle's own limits. Bars: 68.3 % binomial.");
    page.append("</div>");
  }

  private static void classes(StringBuilder page, Evaluation evaluation, Plots plots) {
    if (evaluation.confusion() == null) {
      return;
    }
    page.append("<h2>Classes</h2>");
    EvaluationTables.confusion(page, evaluation.confusion());
    page.append("<div class=\"grid2\" style=\"margin-top:18px\">");
    figure(
        page,
        "Right classes by S/N",
        plots.bySnr("classes", "Right classes by S/N", "share right in %", null, Score::classRight),
        "Bars: 68.3 % binomial.");
    figure(
        page,
        "Reliability of class probabilities",
        plots.reliability(),
        "all: the most probable class; the others: each class against the rest. Dashed: probabilities that mean"
            + " what they say. Bins of five spectra or more.");
    page.append("</div>");
  }

  private static void appearances(StringBuilder page, Evaluation evaluation, Plots plots) {
    if (evaluation.appearances().isEmpty()) {
      return;
    }
    page.append("<h2>What the spectra look like</h2>");
    EvaluationTables.appearances(page, evaluation.appearances());
    page.append("<div class=\"grid2\" style=\"margin-top:18px\">");
    figure(
        page,
        "Noise beside the stated one",
        plots.noise(),
        "Robust width of neighbouring pixels' differences over their stated errors. Dashed: 1, where the inverse"
            + " variances are right and pixels independent. To compare simulated spectra with observed ones, evaluate"
            + " both.");
    page.append("</div>");
  }

  private static void heading(StringBuilder page, Subject subject) {
    page.append("<h1>%s</h1>".formatted(Html.escape(subject.model())));
    page.append("<p>On %s.</p>".formatted(Html.escape(subject.source())));
    page.append(
        "<p class=\"note\">%,d of %,d spectra scored; %,d more left out by the catalogue itself. Nightglass %s, %s.</p>"
            .formatted(
                subject.scored(),
                subject.read(),
                subject.leftOut(),
                Html.escape(subject.version()),
                Html.escape(subject.made())));
    if (subject.skipped() > 0) {
      page.append(
          "<details><summary>%d could not be used</summary><ul>".formatted(subject.skipped()));
      subject.reasons().forEach(r -> page.append("<li>").append(Html.escape(r)).append("</li>"));
      page.append("</ul></details>");
    }
  }

  private static void tiles(StringBuilder page, Evaluation evaluation) {
    Score all = evaluation.all();
    page.append("<div class=\"tiles\">");
    tile(page, EvaluationText.percent(all.classRight()), "class right");
    tile(page, EvaluationText.percent(all.familyRight()), "galaxy, quasar, star right");
    tile(page, EvaluationText.number("%.2e", all.redshift().nmad()), "NMAD(dz)");
    tile(page, EvaluationText.percent(all.redshiftRight()), "redshift right");
    tile(page, EvaluationText.number("%.2f", all.redshift().pullWidth()), "robust pull width");
    tile(page, EvaluationText.percent(all.acceptedRight()), "of accepted redshifts right");
    Cost cost = evaluation.cost();
    if (cost != null) {
      tile(page, "%,d".formatted(cost.parameters()), "parameters");
      tile(
          page,
          "%.0f".formatted(cost.mflopPerSpectrum()),
          "MFLOP a spectrum, in " + cost.precision());
    }
    evaluation.classes().stream()
        .filter(score -> score.label().equals(Labels.SKY))
        .forEach(
            sky -> tile(page, EvaluationText.percent(sky.accepted()), "of sky fibres accepted"));
    page.append("</div>");
  }

  private static void tile(StringBuilder page, String figure, String name) {
    if (!figure.equals("–")) {
      page.append("<div class=\"tile\"><b>%s</b><span>%s</span></div>".formatted(figure, name));
    }
  }

  private static void figure(
      StringBuilder page, String title, @Nullable String svg, String caption) {
    if (svg != null) {
      page.append(
          "<figure><h3>%s</h3>%s<figcaption>%s</figcaption></figure>"
              .formatted(title, svg, caption));
    }
  }

  private static void misses(StringBuilder page, Evaluation evaluation) {
    if (evaluation.misses().isEmpty()) {
      return;
    }
    page.append("<h2>What went wrong</h2><p class=\"note\">");
    page.append(
        "Accepted ones first, then by |dz|; the first 25, more in the JSON.</p><div class=\"wide\"><table>");
    page.append("<tr><th>spectrum<th>is<th>called<th>probability<th>true z<th>z<th>z_err<th>S/N");
    page.append("<th>accepted</tr>");
    for (Miss miss : evaluation.misses().stream().limit(MOST_MISSES).toList()) {
      page.append(
          "<tr><td>%s<td>%s<td>%s<td>%s<td>%s<td>%s<td>%s<td>%s<td>%s</tr>"
              .formatted(
                  Html.escape(miss.id()),
                  Html.escape(miss.label()),
                  miss.said() == null ? "–" : Html.escape(miss.said()),
                  EvaluationText.number("%.3f", miss.probability()),
                  EvaluationText.number("%.5f", miss.trueZ()),
                  EvaluationText.number("%.5f", miss.z()),
                  EvaluationText.number("%.1e", miss.zErr()),
                  EvaluationText.number("%.1f", miss.snr()),
                  miss.accepted() == null
                      ? "–"
                      : miss.accepted() ? "<span class=\"bad\">yes</span>" : "no"));
    }
    page.append("</table></div>");
  }
}

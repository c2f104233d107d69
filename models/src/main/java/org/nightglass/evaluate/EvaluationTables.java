package org.nightglass.evaluate;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of an evaluation's page. */
final class EvaluationTables {
  private EvaluationTables() {}

  static void byClass(StringBuilder page, Evaluation evaluation) {
    boolean classified = evaluation.confusion() != null;
    begin(page, "class", classified);
    evaluation
        .classes()
        .forEach(score -> row(page, score, Html.escape(score.label()), "", classified));
    evaluation.families().stream()
        .filter(score -> score.snrBin() == null)
        .forEach(
            score ->
                row(
                    page,
                    score,
                    "any " + Html.escape(score.label()),
                    " class=\"sum\"",
                    classified));
    row(page, evaluation.all(), "all but sky", " class=\"sum\"", classified);
    page.append("</table></div>");
  }

  static void bySnr(StringBuilder page, Evaluation evaluation) {
    page.append("<h2>By class and S/N</h2><details><summary>Table</summary>");
    boolean classified = evaluation.confusion() != null;
    begin(page, "class, S/N", classified);
    for (Score score : evaluation.bySnr()) {
      SnrBin bin = score.snrBin();
      String name = score.label() + ", " + (bin == null ? "all" : bin.text());
      row(page, score, Html.escape(name), "", classified);
    }
    page.append("</table></div></details>");
  }

  static void unseen(StringBuilder page, List<UnseenScore> scores) {
    page.append("<div class=\"wide\"><table><tr><th>kind<th>hoped for<th>spectra<th>median S/N");
    page.append("<th>OUT_OF_DISTRIBUTION<th>accepted<th>and right<th>family right");
    page.append("<th>redshift right<th>taken for</tr>");
    for (UnseenScore score : scores) {
      page.append("<tr><td>").append(Html.escape(score.kind()));
      cell(
          page,
          switch (score.group()) {
            case OTHER_KIND -> "flagged";
            case BEYOND_RANGE -> "not accepted";
            case OTHER_TEMPLATES -> "recognised";
          });
      cell(page, "%,d".formatted(score.spectra()));
      cell(page, EvaluationText.number("%.1f", score.medianSnr()));
      cell(page, ratio(score.outOfDistribution()));
      cell(page, ratio(score.accepted()));
      cell(page, ratio(score.acceptedRight()));
      cell(page, ratio(score.familyRight()));
      cell(page, ratio(score.redshiftRight()));
      cell(
          page,
          score.takenFor().entrySet().stream()
              .map(e -> Html.escape(e.getKey()) + " " + e.getValue())
              .collect(Collectors.joining(", ")));
      page.append("</tr>");
    }
    page.append(
        "</table></div><p class=\"note\">Taken for: the most probable family, flagged or not.");
    page.append(" Beyond the range no redshift of the right family can be right.</p>");
  }

  static void appearances(StringBuilder page, List<Appearances> appearances) {
    page.append("<div class=\"wide\"><table><tr><th>class<th>spectra<th>S/N<th>noise over stated");
    page.append("<th>grid covered<th>log10 of red over blue flux</tr>");
    for (Appearances look : appearances) {
      page.append("<tr><td>").append(Html.escape(look.label()));
      cell(page, "%,d".formatted(look.spectra()));
      cell(page, spread("%.1f", look.snr()));
      cell(page, spread("%.2f", look.noise()));
      cell(page, spread("%.2f", look.coverage()));
      cell(page, spread("%.2f", look.reddening()));
      page.append("</tr>");
    }
    page.append("</table></div><p class=\"note\">Medians, and what 16 and 84 % lie below.</p>");
  }

  private static String spread(String format, Appearances.@Nullable Spread spread) {
    return spread == null
        ? "–"
        : (format + " (" + format + " … " + format + ")")
            .formatted(spread.median(), spread.low(), spread.high());
  }

  /** Without predicted classes there is nothing to say of classes and acceptance. */
  private static void begin(StringBuilder page, String first, boolean classified) {
    page.append("<div class=\"wide\"><table><tr><th>").append(first);
    page.append("<th>spectra<th>median S/N");
    page.append(classified ? "<th>class right" : "");
    page.append("<th>NMAD<th>|dz| &gt; 0.003");
    page.append("<th>&gt; 0.01<th>&gt; 0.15<th>mean |dz|<th>pull width<th>within 1σ<th>within 2σ");
    page.append(classified ? "<th>accepted<th>and right</tr>" : "</tr>");
  }

  private static void row(
      StringBuilder page, Score score, String name, String attributes, boolean classified) {
    RedshiftScore z = score.redshift();
    page.append("<tr%s><td>%s".formatted(attributes, name));
    cell(page, "%,d".formatted(score.spectra()));
    cell(page, EvaluationText.number("%.1f", score.medianSnr()));
    if (classified) {
      cell(page, ratio(score.classRight()));
    }
    cell(page, EvaluationText.number("%.2e", z.nmad()));
    z.outliers().forEach(outliers -> cell(page, ratio(outliers.share())));
    cell(page, EvaluationText.number("%.2e", z.meanAbsolute()));
    cell(page, EvaluationText.number("%.2f", z.pullWidth()));
    cell(page, ratio(z.within1Sigma()));
    cell(page, ratio(z.within2Sigma()));
    if (classified) {
      cell(page, ratio(score.accepted()));
      cell(page, ratio(score.acceptedRight()));
    }
    page.append("</tr>");
  }

  private static void cell(StringBuilder page, String text) {
    page.append("<td>").append(text);
  }

  /** A share with its interval below it. */
  static String ratio(Ratio ratio) {
    Double value = ratio.value();
    return value == null || ratio.low() == null || ratio.high() == null
        ? "–"
        : "%.1f %%<small>%.1f–%.1f</small>"
            .formatted(100 * value, 100 * ratio.low(), 100 * ratio.high());
  }

  /** Rows are true classes; cells are shaded by their share of the row. */
  static void confusion(StringBuilder page, Confusion confusion) {
    page.append("<p class=\"note\">Rows: what they are. Columns: what they are called.</p>");
    page.append("<div class=\"wide\"><table><tr><th>");
    confusion.said().forEach(said -> page.append("<th>").append(Html.escape(said)));
    page.append("</tr>");
    for (int r = 0; r < confusion.truths().size(); r++) {
      List<Integer> row = confusion.counts().get(r);
      int sum = row.stream().mapToInt(Integer::intValue).sum();
      page.append("<tr><td>").append(Html.escape(confusion.truths().get(r)));
      for (int count : row) {
        double share = sum == 0 ? 0 : count / (double) sum;
        page.append(
            "<td style=\"background:rgba(86,180,233,%.2f)\">%,d<small style=\"color:inherit\">%.1f %%</small>"
                .formatted(0.6 * share, count, 100 * share));
      }
      page.append("</tr>");
    }
    page.append("<tr class=\"sum\"><td>purity, without sky");
    page.append(
        confusion.said().stream()
            .map(said -> "<td>" + purity(confusion.purity().get(said)))
            .collect(Collectors.joining()));
    page.append("</tr></table></div>");
  }

  private static String purity(@Nullable Ratio ratio) {
    return ratio == null ? "–" : ratio(ratio);
  }

  static void definitions(StringBuilder page) {
    page.append(
        """
        <h2>What the figures mean</h2>
        <p class="note">dz = (z − true z)/(1 + true z). NMAD = 1.4826 · median |dz − median dz|. Pull = (z − true z)/z_err;
        its width is the pulls' NMAD, 1 where errors are right; then 68.3 % lie within 1σ and 95.4 % within 2σ.
        Redshift columns are of the spectra that have an estimate. Accepted: the redshift is accepted as good by the
        bundle's own limits; and right: of those, class family right and |dz| within 0.01 for quasars, 0.003 for all else.
        Completeness is of all true spectra of the class, purity of all accepted as the class, sky fibres and stars
        among them. Small figures are 68.3 % binomial intervals (Clopper–Pearson). – cannot be computed.</p>
        """);
  }
}

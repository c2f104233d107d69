package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An evaluation as a table on a terminal. */
public final class EvaluationText {
  private static final String ROW = "%-20s %7s %6s %8s %9s %8s %8s %8s %9s %6s %7s %7s %9s %9s";

  private static final String UNSEEN = "%-24s %7d %8s %8s  %s";

  private EvaluationText() {}

  /** Lines without their ends. */
  public static List<String> lines(Evaluation evaluation) {
    Evaluation.Subject subject = evaluation.subject();
    List<String> lines = new ArrayList<>();
    lines.add("%s on %s".formatted(subject.model(), subject.source()));
    lines.add(
        "%d scored; %d left out by the catalogue; %d of %d could not be used"
            .formatted(subject.scored(), subject.leftOut(), subject.skipped(), subject.read()));
    lines.add("");
    lines.add(
        ROW.formatted(
                "class",
                "spectra",
                "S/N",
                "right",
                "NMAD",
                ">0.003",
                ">0.01",
                ">0.15",
                "mean|dz|",
                "pull",
                "in 1σ",
                "in 2σ",
                "accepted",
                "and right")
            .stripTrailing());
    evaluation.classes().forEach(score -> lines.add(row(score)));
    evaluation.families().stream()
        .filter(score -> score.snrBin() == null)
        .forEach(score -> lines.add(row("any " + score.label(), score)));
    lines.add(row(evaluation.all()));
    if (evaluation.confusion() != null) {
      Ratio family = evaluation.all().familyRight();
      lines.add("");
      lines.add(
          "galaxy, quasar or star right: %s (%d of %d)"
              .formatted(percent(family), family.part(), family.whole()));
    }
    if (!evaluation.unseen().isEmpty()) {
      lines.add("");
      lines.add("not trained on: OUT_OF_DISTRIBUTION, accepted all the same, taken for");
      evaluation.unseen().forEach(score -> lines.add(unseen(score)));
    }
    Cost cost = evaluation.cost();
    if (cost != null) {
      lines.add("");
      lines.add(
          "%,d parameters, %.0f MFLOP a spectrum, products in %s"
              .formatted(cost.parameters(), cost.mflopPerSpectrum(), cost.precision()));
    }
    return lines;
  }

  private static String unseen(UnseenScore score) {
    return UNSEEN.formatted(
        score.kind(),
        score.spectra(),
        percent(score.outOfDistribution()),
        percent(score.accepted()),
        score.takenFor().entrySet().stream()
            .map(e -> "%s %d".formatted(e.getKey(), e.getValue()))
            .collect(Collectors.joining(", ")));
  }

  private static String row(Score score) {
    return row(score.label(), score);
  }

  private static String row(String name, Score score) {
    RedshiftScore redshift = score.redshift();
    return ROW.formatted(
            name,
            score.spectra(),
            number("%.1f", score.medianSnr()),
            percent(score.classRight()),
            number("%.2e", redshift.nmad()),
            percent(redshift.outliers().get(0).share()),
            percent(redshift.outliers().get(1).share()),
            percent(redshift.outliers().get(2).share()),
            number("%.2e", redshift.meanAbsolute()),
            number("%.2f", redshift.pullWidth()),
            percent(redshift.within1Sigma()),
            percent(redshift.within2Sigma()),
            percent(score.accepted()),
            percent(score.acceptedRight()))
        .stripTrailing();
  }

  static String percent(Ratio ratio) {
    Double value = ratio.value();
    return value == null ? "–" : "%.1f %%".formatted(100 * value);
  }

  static String number(String format, @Nullable Double value) {
    return value == null ? "–" : format.formatted(value);
  }
}

package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.SvgPlot.Bar;
import org.nightglass.evaluate.SvgPlot.Point;

/** The plots of an evaluation, each drawn from the figures that stand in its JSON too. */
final class Plots {
  private static final int FEWEST_PULLS = 10;
  private static final int FEWEST_IN_BIN = 5;

  private final Evaluation evaluation;
  private final List<Scored> scored;
  private final Palette palette;

  Plots(Evaluation evaluation, List<Scored> scored) {
    this.evaluation = evaluation;
    this.scored = scored;
    this.palette = new Palette(evaluation.classes().stream().map(Score::label).toList());
  }

  /** Predicted against true redshift; null where there is none. */
  @Nullable String redshifts() {
    List<Scored> with = scored.stream().filter(s -> s.dz() != null).toList();
    if (with.isEmpty()) {
      return null;
    }
    double low = 0;
    double high = 0.1;
    for (Scored s : with) {
      low = Math.min(low, Math.min(value(s.trueZ()), value(s.z())));
      high = Math.max(high, Math.max(value(s.trueZ()), value(s.z())));
    }
    RedshiftScore score = evaluation.all().redshift();
    SvgPlot plot =
        new SvgPlot(
            "zz",
            "Predicted against true redshift",
            "%d redshifts, true z up to %.2f. NMAD of dz %s; |dz| above 0.003: %s, above 0.01: %s, above 0.15: %s."
                .formatted(
                    with.size(),
                    with.stream().mapToDouble(s -> value(s.trueZ())).max().orElse(0),
                    EvaluationText.number("%.2e", score.nmad()),
                    EvaluationText.percent(score.outliers().get(0).share()),
                    EvaluationText.percent(score.outliers().get(1).share()),
                    EvaluationText.percent(score.outliers().get(2).share())),
            Axis.redshift("true z", low, high),
            Axis.redshift("predicted z", low, high));
    plot.guide(List.of(new Point(low, low), new Point(high, high)));
    Map<String, List<Scored>> byClass = with.stream().collect(Collectors.groupingBy(Scored::label));
    for (Score own : evaluation.classes()) {
      List<Scored> spectra = byClass.get(own.label());
      if (spectra != null) {
        String colour = palette.colour(own.label());
        plot.dots(own.label(), colour, 2.5, 0.5, places(spectra));
        plot.dots(
            own.label(), colour, 5, 0.9, places(spectra.stream().filter(Plots::isFarOff).toList()));
      }
    }
    return plot.svg();
  }

  private static boolean isFarOff(Scored scored) {
    return Math.abs(value(scored.dz())) > Labels.limit(scored.label());
  }

  private static List<Point> places(List<Scored> spectra) {
    return spectra.stream().map(s -> new Point(value(s.trueZ()), value(s.z()))).toList();
  }

  /** Some share against S/N, a line a class; null where no class has it. */
  @Nullable String bySnr(
      String id, String title, String unit, @Nullable Double goal, Function<Score, Ratio> ratio) {
    List<SnrBin> bins =
        evaluation.bySnr().stream()
            .map(Score::snrBin)
            .filter(Objects::nonNull)
            .distinct()
            .sorted((a, b) -> Double.compare(start(a), start(b)))
            .toList();
    Map<String, List<Score>> lines = new LinkedHashMap<>();
    for (Score score : evaluation.bySnr()) {
      if (ratio.apply(score).value() != null && !score.label().equals(Labels.SKY)) {
        lines.computeIfAbsent(score.label(), unused -> new ArrayList<>()).add(score);
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    double least =
        lines.values().stream()
            .flatMap(List::stream)
            .mapToDouble(score -> value(ratio.apply(score).value()))
            .min()
            .orElse(0);
    SvgPlot plot =
        new SvgPlot(
            id,
            title,
            words(lines, ratio),
            Axis.names("S/N, median a pixel", bins.stream().map(SnrBin::text).toList()),
            Axis.linear(unit, Math.min(90, 10 * Math.floor(10 * least)), 100));
    if (goal != null) {
      plot.guide(List.of(new Point(-0.5, goal), new Point(bins.size() - 0.5, goal)));
    }
    int turn = 0;
    for (Map.Entry<String, List<Score>> line : lines.entrySet()) {
      String colour = palette.colour(line.getKey());
      double shift = 0.05 * (turn++ % 7 - 3); // error bars beside each other
      List<Point> points = new ArrayList<>();
      List<Bar> bars = new ArrayList<>();
      for (Score score : line.getValue()) {
        Ratio r = ratio.apply(score);
        double at = bins.indexOf(score.snrBin()) + shift;
        points.add(new Point(at, 100 * value(r.value())));
        bars.add(new Bar(at, 100 * value(r.low()), 100 * value(r.high())));
      }
      plot.bars(colour, bars).line(line.getKey(), colour, points);
      plot.dots(line.getKey(), colour, 6, 1, points);
    }
    return plot.svg();
  }

  private static double start(SnrBin bin) {
    return bin.from() == null ? Double.NEGATIVE_INFINITY : bin.from();
  }

  private static String words(Map<String, List<Score>> lines, Function<Score, Ratio> ratio) {
    return lines.entrySet().stream()
        .map(
            line ->
                line.getKey()
                    + ": "
                    + line.getValue().stream()
                        .map(
                            score ->
                                "%s at S/N %s"
                                    .formatted(
                                        EvaluationText.percent(ratio.apply(score)),
                                        score.snrBin() == null ? "any" : score.snrBin().text()))
                        .collect(Collectors.joining(", ")))
        .collect(Collectors.joining(". "));
  }

  /** Measured over stated noise against S/N; null where no spectrum was looked at. */
  @Nullable String noise() {
    return NoisePlot.svg(evaluation.appearances(), scored, palette);
  }

  /** Purity against completeness; null without curves. */
  @Nullable String acceptance() {
    double least = 1;
    double fewest = 1;
    for (AcceptanceCurve curve : evaluation.acceptance()) {
      for (AcceptanceCurve.Point point : curve.points()) {
        least = Math.min(least, value(point.purity().value()));
        fewest = Math.min(fewest, value(point.completeness().value()));
      }
    }
    List<AcceptanceCurve> curves =
        evaluation.acceptance().stream()
            .filter(c -> c.points().stream().anyMatch(p -> p.completeness().value() != null))
            .toList();
    if (curves.isEmpty()) {
      return null;
    }
    double low = Math.max(0, Math.floor(10 * least) * 10);
    SvgPlot plot =
        new SvgPlot(
            "acceptance",
            "Purity against completeness",
            curves.stream().map(Plots::words).collect(Collectors.joining(" ")),
            Axis.linear("completeness in %", Math.min(90, Math.floor(10 * fewest) * 10), 100),
            Axis.linear("purity in %", Math.min(low, 90), 100));
    for (AcceptanceCurve curve : curves) {
      plot.line(
          curve.label(),
          palette.colour(curve.label()),
          curve.points().stream()
              .filter(p -> p.completeness().value() != null)
              .map(
                  p ->
                      new Point(
                          100 * value(p.completeness().value()), 100 * value(p.purity().value())))
              .toList());
      AcceptanceCurve.Decided decided = curve.asDecided();
      if (decided != null) {
        plot.ring(
            palette.colour(curve.label()),
            new Point(
                100 * value(decided.completeness().value()),
                100 * value(decided.purity().value())));
      }
    }
    return plot.svg();
  }

  private static String words(AcceptanceCurve curve) {
    AcceptanceCurve.Point first = curve.points().get(0);
    AcceptanceCurve.Point last = curve.points().get(curve.points().size() - 1);
    return "%s: purity %s at completeness %s with threshold %.3f, %s at %s with %.3f."
        .formatted(
            curve.label(),
            EvaluationText.percent(first.purity()),
            EvaluationText.percent(first.completeness()),
            first.threshold(),
            EvaluationText.percent(last.purity()),
            EvaluationText.percent(last.completeness()),
            last.threshold());
  }

  /** Share right against probability; null where there are no probabilities. */
  @Nullable String reliability() {
    List<Reliability> curves =
        evaluation.reliability().stream()
            .filter(c -> c.expectedCalibrationError() != null)
            .toList();
    if (curves.isEmpty()) {
      return null;
    }
    SvgPlot plot =
        new SvgPlot(
            "reliability",
            "Reliability of class probabilities",
            curves.stream()
                    .map(
                        c ->
                            "%s: expected calibration error %.3f"
                                .formatted(c.label(), value(c.expectedCalibrationError())))
                    .collect(Collectors.joining(". "))
                + ".",
            Axis.linear("stated probability in %", 0, 100),
            Axis.linear("share right in %", 0, 100));
    plot.guide(List.of(new Point(0, 0), new Point(100, 100)));
    for (Reliability curve : curves) {
      String colour = palette.colour(curve.label());
      List<Point> points = new ArrayList<>();
      List<Bar> bars = new ArrayList<>();
      for (Reliability.Bin bin : curve.bins()) {
        if (bin.meanProbability() != null && bin.right().whole() >= FEWEST_IN_BIN) {
          double at = 100 * bin.meanProbability();
          points.add(new Point(at, 100 * value(bin.right().value())));
          bars.add(new Bar(at, 100 * value(bin.right().low()), 100 * value(bin.right().high())));
        }
      }
      plot.bars(colour, bars).line(curve.label(), colour, points);
      plot.dots(curve.label(), colour, 6, 1, points);
    }
    return plot.svg();
  }

  /** Histogram of pulls beside a Gaussian; null where no class has enough of them. */
  @Nullable String pulls() {
    Map<String, List<Point>> lines = new LinkedHashMap<>();
    double most = 0.45;
    for (Score score : evaluation.classes()) {
      double[] pulls =
          RedshiftScore.values(
              scored.stream().filter(s -> s.label().equals(score.label())).toList(), Scored::pull);
      if (score.redshift().estimated() >= FEWEST_PULLS && pulls.length >= FEWEST_PULLS) {
        List<Point> steps = PullHistogram.steps(pulls);
        lines.put(score.label(), steps);
        most = Math.max(most, steps.stream().mapToDouble(Point::y).max().orElse(0));
      }
    }
    if (lines.isEmpty()) {
      return null;
    }
    SvgPlot plot =
        new SvgPlot(
            "pulls",
            "Pulls",
            evaluation.classes().stream()
                .filter(s -> lines.containsKey(s.label()))
                .map(
                    s ->
                        "%s: robust width %s, %s within 1 sigma, %s within 2 sigma."
                            .formatted(
                                s.label(),
                                EvaluationText.number("%.2f", s.redshift().pullWidth()),
                                EvaluationText.percent(s.redshift().within1Sigma()),
                                EvaluationText.percent(s.redshift().within2Sigma())))
                .collect(Collectors.joining(" ")),
            Axis.linear("pull, (z − true z)/z_err", -PullHistogram.RANGE, PullHistogram.RANGE),
            Axis.linear("density", 0, most * 1.05));
    plot.guide(PullHistogram.gaussian());
    lines.forEach((label, steps) -> plot.line(label, palette.colour(label), steps));
    return plot.svg();
  }

  private static double value(@Nullable Double value) {
    return value == null ? 0 : value;
  }
}

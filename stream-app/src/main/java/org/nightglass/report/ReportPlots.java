package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.nightglass.evaluate.Axis;
import org.nightglass.evaluate.Palette;
import org.nightglass.evaluate.SvgPlot;
import org.nightglass.evaluate.SvgPlot.Bar;
import org.nightglass.evaluate.SvgPlot.Point;

/** The report's plots, each as inline SVG. */
final class ReportPlots {
  private static final String BLUE = "#56b4e9";
  private static final String GREEN = "#2fc39a";
  private static final String AMBER = "#e69f00";
  private static final String RED = "#ef7a3c";
  private static final int FIBRE_BLOCKS = 20;
  private static final double ERROR_RATE = 1 - 0.683;

  private final NightReport report;

  ReportPlots(NightReport report) {
    this.report = report;
  }

  /** Hours since the first bin of the timeline. */
  private List<Point> overTime(ToDoubleFunction<JsonNode> value) {
    List<Point> points = new ArrayList<>();
    Instant first = null;
    for (JsonNode bin : report.timeline().path("items")) {
      Instant at = Instant.parse(bin.path("at").asText());
      first = first == null ? at : first;
      points.add(
          new Point((at.toEpochMilli() - first.toEpochMilli()) / 3.6e6, value.applyAsDouble(bin)));
    }
    return points;
  }

  private Axis hours(List<Point> points) {
    JsonNode first = report.timeline().path("items").path(0).path("at");
    String since =
        first.isTextual() ? first.asText().replace(":00Z", " UTC") : "the first exposure";
    return Axis.linear("hours since " + since, 0, Math.max(0.5, greatest(points, Point::x)));
  }

  private static double greatest(List<Point> points, ToDoubleFunction<Point> of) {
    return points.stream().mapToDouble(of).max().orElse(0);
  }

  String yield() {
    List<Point> observed = overTime(bin -> bin.path("cumulative_observed").asDouble());
    List<Point> good = overTime(bin -> bin.path("cumulative_good_z").asDouble());
    double most = Math.max(1, greatest(observed, Point::y));
    return new SvgPlot(
            "yield",
            "Yield over the night",
            "%.0f targets observed, %.0f with a good redshift"
                .formatted(greatest(observed, Point::y), greatest(good, Point::y)),
            hours(observed),
            Axis.linear("unique targets", 0, most))
        .line("observed", BLUE, observed)
        .line("good redshift", GREEN, good)
        .svg();
  }

  String success() {
    List<Point> points = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (JsonNode bin : report.success().path("items")) {
      double low = bin.path("snr_low").asDouble();
      if (low > 0) {
        double middle = Math.log10(low * bin.path("snr_high").asDouble()) / 2;
        points.add(new Point(middle, 100 * bin.path("success").asDouble()));
        bars.add(
            new Bar(
                middle,
                100 * bin.path("success_low").asDouble(),
                100 * bin.path("success_high").asDouble()));
      }
    }
    double from = points.stream().mapToDouble(Point::x).min().orElse(0) - 0.1;
    double to = Math.max(from + 0.5, greatest(points, Point::x) + 0.1);
    return new SvgPlot(
            "success",
            "Success by S/N",
            points.size() + " bins of S/N",
            Axis.linear("log10 of the median S/N per pixel", from, to),
            Axis.linear("good redshifts in %", 0, 100))
        .bars(BLUE, bars)
        .line("success rate", BLUE, points)
        .dots("success rate", BLUE, 6, 1, points)
        .svg();
  }

  String redshifts() {
    List<JsonNode> classes = new ArrayList<>();
    report.total().path("redshifts").forEach(classes::add);
    classes.sort(Comparator.comparing(one -> one.path("class_label").asText()));
    Palette palette =
        new Palette(classes.stream().map(c -> c.path("class_label").asText()).toList());
    double furthest = 0.5;
    double most = 1;
    for (JsonNode one : classes) {
      furthest =
          Math.max(
              furthest,
              one.path("z_start").asDouble()
                  + one.path("counts").size() * one.path("z_step").asDouble());
      for (JsonNode count : one.path("counts")) {
        most = Math.max(most, count.asDouble());
      }
    }
    SvgPlot plot =
        new SvgPlot(
            "redshifts",
            "Redshifts by class",
            classes.size() + " classes with good redshifts",
            Axis.redshift("redshift", 0, furthest),
            Axis.linear("good redshifts per bin", 0, most));
    for (JsonNode one : classes) {
      String label = one.path("class_label").asText();
      plot.line(label, palette.colour(label), steps(one));
    }
    return plot.svg();
  }

  /** A histogram's outline. */
  private static List<Point> steps(JsonNode histogram) {
    List<Point> points = new ArrayList<>();
    double edge = histogram.path("z_start").asDouble();
    double step = histogram.path("z_step").asDouble();
    points.add(new Point(edge, 0));
    for (JsonNode count : histogram.path("counts")) {
      points.add(new Point(edge, count.asDouble()));
      edge += step;
      points.add(new Point(edge, count.asDouble()));
    }
    points.add(new Point(edge, 0));
    return points;
  }

  String sky() {
    SvgPlot plot =
        new SvgPlot(
            "sky",
            "Fields on the sky",
            report.fields().size() + " fields",
            Axis.linear("right ascension in degrees", 0, 360),
            Axis.linear("declination in degrees", -90, 90));
    plot.dots("less than half", RED, 11, 1, fields(0, 0.5));
    plot.dots("half or more", AMBER, 11, 1, fields(0.5, 0.8));
    plot.dots("four fifths or more", GREEN, 11, 1, fields(0.8, 2));
    return plot.svg();
  }

  /** Places of the fields whose share of good redshifts is in a range. */
  private List<Point> fields(double from, double below) {
    List<Point> points = new ArrayList<>();
    for (JsonNode field : report.fields()) {
      double whole = Math.max(field.path("assigned").asDouble(), field.path("valid").asDouble());
      double share = whole > 0 ? field.path("good_z").asDouble() / whole : 0;
      if (field.path("ra_deg").isNumber()
          && field.path("dec_deg").isNumber()
          && share >= from
          && share < below) {
        points.add(new Point(field.path("ra_deg").asDouble(), field.path("dec_deg").asDouble()));
      }
    }
    return points;
  }

  String fibres() {
    List<JsonNode> fibres = new ArrayList<>();
    report.fibres().path("items").forEach(fibres::add);
    int last = fibres.isEmpty() ? 1 : fibres.get(fibres.size() - 1).path("fibre").asInt();
    int block = Math.max(1, (last + FIBRE_BLOCKS) / FIBRE_BLOCKS);
    int[] valid = new int[FIBRE_BLOCKS + 1];
    int[] good = new int[FIBRE_BLOCKS + 1];
    for (JsonNode fibre : fibres) {
      int of = Math.min(FIBRE_BLOCKS, Math.max(0, fibre.path("fibre").asInt()) / block);
      valid[of] += fibre.path("valid").asInt();
      good[of] += Math.min(fibre.path("valid").asInt(), fibre.path("good_z").asInt());
    }
    List<Point> points = new ArrayList<>();
    List<Bar> bars = new ArrayList<>();
    for (int i = 0; i < valid.length; i++) {
      if (valid[i] > 0) {
        Interval interval =
            BinomialConfidenceInterval.JEFFREYS.fromErrorRate(valid[i], good[i], ERROR_RATE);
        double middle = (i + 0.5) * block;
        points.add(new Point(middle, 100.0 * good[i] / valid[i]));
        bars.add(new Bar(middle, 100 * interval.getLowerBound(), 100 * interval.getUpperBound()));
      }
    }
    return new SvgPlot(
            "fibres",
            "Success by fibre",
            fibres.size() + " fibres",
            Axis.linear("fibre", 0, Math.max(1, last + 1)),
            Axis.linear("good redshifts in %", 0, 100))
        .bars(BLUE, bars)
        .dots("success rate", BLUE, 7, 1, points)
        .svg();
  }

  String latency() {
    List<Point> median = overTime(bin -> bin.path("latency_p50").asDouble());
    List<Point> slow = overTime(bin -> bin.path("latency_p95").asDouble());
    return new SvgPlot(
            "latency",
            "Latency over the night",
            "Median up to %.1f s, 95 percent quantile up to %.1f s"
                .formatted(greatest(median, Point::y), greatest(slow, Point::y)),
            hours(median),
            Axis.linear("seconds", 0, Math.max(1, greatest(slow, Point::y))))
        .line("95 %", AMBER, slow)
        .line("median", BLUE, median)
        .svg();
  }
}

package org.nightglass.evaluate;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A plot as inline SVG: axes, lines, dots, error bars, a legend, and its content in words for those
 * who do not see it. Colours that do not hang on the data are the page's (classes in its style
 * sheet).
 */
public final class SvgPlot {
  /** A point in the axes' units. */
  public record Point(double x, double y) {}

  /** An error bar in the axes' units. */
  public record Bar(double x, double low, double high) {}

  private static final int WIDTH = 560;
  private static final int LEFT = 62;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int PLOT_HEIGHT = 330;
  private static final int LEGEND_COLUMNS = 3;
  private static final int LEGEND_ROW = 19;

  private final String id;
  private final String title;
  private final String description;
  private final Axis x;
  private final Axis y;
  private final StringBuilder content = new StringBuilder();
  private final Map<String, String> legend = new LinkedHashMap<>();

  /**
   * @param id unique in its page
   * @param title one line
   * @param description what is to be seen, in words and figures
   */
  public SvgPlot(String id, String title, String description, Axis x, Axis y) {
    this.id = id;
    this.title = title;
    this.description = description;
    this.x = x;
    this.y = y;
  }

  /** A line through points, named in the legend. */
  public SvgPlot line(String name, String colour, List<Point> points) {
    legend.put(name, colour);
    if (!points.isEmpty()) {
      content.append(
          "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\" stroke-linejoin=\"round\"/>"
              .formatted(path(points), colour));
    }
    return this;
  }

  /** A dashed line without a name. */
  public SvgPlot guide(List<Point> points) {
    content.append("<path class=\"guide\" d=\"%s\"/>".formatted(path(points)));
    return this;
  }

  /** Dots of one path, each place once: tens of thousands of spectra stay a small page. */
  public SvgPlot dots(String name, String colour, double size, double opacity, List<Point> points) {
    legend.put(name, colour);
    Set<String> places = new LinkedHashSet<>();
    for (Point point : points) {
      places.add("M%.1f %.1fh0".formatted(half(left(point.x())), half(top(point.y()))));
    }
    if (!places.isEmpty()) {
      content.append(
          ("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%.1f\""
                  + " stroke-linecap=\"round\" stroke-opacity=\"%.2f\"/>")
              .formatted(String.join("", places), colour, size, opacity));
    }
    return this;
  }

  /** Error bars of a line. */
  public SvgPlot bars(String colour, List<Bar> bars) {
    StringBuilder path = new StringBuilder();
    for (Bar bar : bars) {
      path.append("M%.1f %.1fV%.1f".formatted(left(bar.x()), top(bar.low()), top(bar.high())));
    }
    if (!bars.isEmpty()) {
      content.append(
          "<path d=\"%s\" stroke=\"%s\" stroke-width=\"1.2\" stroke-opacity=\"0.7\"/>"
              .formatted(path, colour));
    }
    return this;
  }

  /** A ring around a point that matters. */
  public SvgPlot ring(String colour, Point point) {
    content.append(
        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"6\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>"
            .formatted(left(point.x()), top(point.y()), colour));
    return this;
  }

  /** The plot as an element of a page. */
  public String svg() {
    int rows = (legend.size() + LEGEND_COLUMNS - 1) / LEGEND_COLUMNS;
    int height = TOP + PLOT_HEIGHT + 52 + rows * LEGEND_ROW;
    StringBuilder svg = new StringBuilder();
    svg.append(
        ("<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-labelledby=\"%s-t %s-d\">"
                + "<title id=\"%s-t\">%s</title><desc id=\"%s-d\">%s</desc>")
            .formatted(
                WIDTH, height, id, id, id, Html.escape(title), id, Html.escape(description)));
    frame(svg);
    svg.append(content);
    drawLegend(svg);
    return svg.append("</svg>").toString();
  }

  private void frame(StringBuilder svg) {
    int bottom = TOP + PLOT_HEIGHT;
    int right = WIDTH - RIGHT;
    for (Axis.Tick tick : x.ticks()) {
      double at = left(tick.value());
      svg.append("<path class=\"grid\" d=\"M%.1f %dV%d\"/>".formatted(at, TOP, bottom));
      svg.append(text(at, bottom + 17, "middle", tick.text()));
    }
    for (Axis.Tick tick : y.ticks()) {
      double at = top(tick.value());
      svg.append("<path class=\"grid\" d=\"M%d %.1fH%d\"/>".formatted(LEFT, at, right));
      svg.append(text(LEFT - 7, at + 4, "end", tick.text()));
    }
    svg.append("<path class=\"axis\" d=\"M%d %dV%dH%d\"/>".formatted(LEFT, TOP, bottom, right));
    svg.append(text((LEFT + right) / 2.0, bottom + 37, "middle", x.label()));
    double middle = TOP + PLOT_HEIGHT / 2.0;
    svg.append(
        "<text x=\"14\" y=\"%.1f\" text-anchor=\"middle\" transform=\"rotate(-90 14 %.1f)\">%s</text>"
            .formatted(middle, middle, Html.escape(y.label())));
  }

  private void drawLegend(StringBuilder svg) {
    int column = (WIDTH - 2 * RIGHT) / LEGEND_COLUMNS;
    int i = 0;
    for (Map.Entry<String, String> entry : legend.entrySet()) {
      int left = RIGHT + i % LEGEND_COLUMNS * column;
      int top = TOP + PLOT_HEIGHT + 58 + i / LEGEND_COLUMNS * LEGEND_ROW;
      svg.append(
          "<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" rx=\"2\" fill=\"%s\"/>"
              .formatted(left, top - 10, entry.getValue()));
      svg.append(text(left + 18, top, "start", entry.getKey()));
      i++;
    }
  }

  private static String text(double left, double top, String anchor, String text) {
    return "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>"
        .formatted(left, top, anchor, Html.escape(text));
  }

  private String path(List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.isEmpty() ? "M" : "L");
      path.append("%.1f %.1f".formatted(left(point.x()), top(point.y())));
    }
    return path.toString();
  }

  private double left(double value) {
    return LEFT + x.share(value) * (WIDTH - LEFT - RIGHT);
  }

  private double top(double value) {
    return TOP + (1 - y.share(value)) * PLOT_HEIGHT;
  }

  private static double half(double pixels) {
    return Math.round(2 * pixels) / 2.0;
  }
}

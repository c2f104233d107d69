package org.nightglass.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How trainings went, from the logs that they leave ({@code NAME.csv}: step, learning rate, loss,
 * loss on spectra apart): a page with a curve a network.
 */
public final class TrainingPlot {
  private static final String FILE = "training.html";

  private TrainingPlot() {}

  /**
   * Writes {@code training.html} into the folder.
   *
   * @param work folder whose logs, at any depth, are shown; others are passed over
   * @return the page
   * @throws IOException if the folder cannot be read or written
   */
  public static Path write(Path work) throws IOException {
    Map<String, List<SvgPlot.Point>> losses = new TreeMap<>();
    Map<String, List<SvgPlot.Point>> apart = new TreeMap<>();
    try (Stream<Path> files = Files.walk(work)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".csv")).sorted().toList()) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.csv$", "");
        read(file, 2, losses.computeIfAbsent(name, n -> new ArrayList<>()));
        read(file, 3, apart.computeIfAbsent(name + ", spectra apart", n -> new ArrayList<>()));
      }
    }
    apart.values().removeIf(List::isEmpty);
    Map<String, List<SvgPlot.Point>> all = new TreeMap<>(losses);
    all.putAll(apart);
    StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><head>");
    page.append("<meta charset=\"utf-8\"><title>Training</title><style>")
        .append(PageStyle.CSS)
        .append("</style></head><body><main><h1>Training</h1>");
    page.append(plot(all).svg()).append("</main></body></html>\n");
    return Files.writeString(work.resolve(FILE), page);
  }

  private static void read(Path file, int column, List<SvgPlot.Point> points) throws IOException {
    for (String line : Files.readAllLines(file)) {
      String[] fields = line.split(",", -1);
      if (fields.length > column && fields[0].matches("\\d+") && !fields[column].isEmpty()) {
        points.add(
            new SvgPlot.Point(Double.parseDouble(fields[0]), Double.parseDouble(fields[column])));
      }
    }
  }

  private static SvgPlot plot(Map<String, List<SvgPlot.Point>> curves) {
    List<SvgPlot.Point> all = curves.values().stream().flatMap(List::stream).toList();
    double steps = all.stream().mapToDouble(SvgPlot.Point::x).max().orElse(1);
    double most = all.stream().mapToDouble(SvgPlot.Point::y).max().orElse(1);
    SvgPlot plot =
        new SvgPlot(
            "training",
            "Loss by step",
            "%d curves up to step %.0f; the greatest loss is %.3g"
                .formatted(curves.size(), steps, most),
            Axis.linear("step", 0, Math.max(1, steps)),
            Axis.linear("loss", 0, Math.max(1e-6, most)));
    Palette palette = new Palette(List.copyOf(curves.keySet()));
    curves.forEach((name, points) -> plot.line(name, palette.colour(name), points));
    return plot;
  }
}

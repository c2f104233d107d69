package org.nightglass.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.nightglass.bench.Projection.Costs;

/** What {@code bench scale --json} has written. */
final class ScaleFigures {
  private static final String ONE = ScaleCommand.INSTANCES + 1;

  private final Path file;
  private final JsonNode figures;

  private ScaleFigures(Path file, JsonNode figures) {
    this.file = file;
    this.figures = figures;
  }

  static ScaleFigures read(Path file) throws IOException {
    return new ScaleFigures(file, new ObjectMapper().readTree(file.toFile()));
  }

  /**
   * A point to hold the projection against.
   *
   * @param measured and
   * @param projected in the same unit
   */
  record Check(String name, double measured, double projected) {}

  /**
   * Costs of {@code nightglass run} as it is, in one process: what of a JVM's start falls into the
   * run is in them, so they are rather too high.
   */
  Costs costs() {
    double cpu = cpu(ONE);
    double broker = median(ONE, "services_cpu_seconds_per_1000") / 1000;
    return new Costs(
        cpu,
        cpu - cpu(ScaleCommand.RAW),
        broker,
        rate(ONE) * (cpu + broker) / cores(),
        number(ScaleCommand.INPUT_BYTES),
        number(ScaleCommand.OUTPUT_BYTES + ONE),
        number(ScaleCommand.MFLOP) * 1e6);
  }

  private double cores() {
    return number("cores");
  }

  /** Points that the costs of {@link #costs()} were not taken from. */
  List<Check> checks() {
    Costs costs = costs();
    double rate = Projection.rate(cores(), costs);
    List<Check> checks = new ArrayList<>();
    for (int size : sizes(ScaleCommand.MODEL)) {
      String row = ScaleCommand.MODEL + size;
      checks.add(new Check(row + ", in a warm JVM, spectra/s", rate(row), rate));
    }
    for (int number : sizes(ScaleCommand.INSTANCES)) {
      String row = ScaleCommand.INSTANCES + number;
      if (!row.equals(ONE)) {
        checks.add(new Check(row + ", spectra/s", rate(row), rate));
        double bytes = number(ScaleCommand.OUTPUT_BYTES + row);
        checks.add(new Check(row + ", bytes out a spectrum", bytes, costs.outputBytes()));
      }
    }
    return checks;
  }

  private List<Integer> sizes(String prefix) {
    List<Integer> sizes = new ArrayList<>();
    for (Iterator<String> names = figures.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (name.startsWith(prefix) && name.substring(prefix.length()).matches("\\d+")) {
        sizes.add(Integer.valueOf(name.substring(prefix.length())));
      }
    }
    if (sizes.isEmpty()) {
      throw new IllegalArgumentException("%s has no row %sN".formatted(file, prefix));
    }
    return sizes;
  }

  private double rate(String row) {
    return median(row, "spectra_per_second");
  }

  /** CPU seconds a spectrum. */
  private double cpu(String row) {
    return median(row, "cpu_seconds_per_1000") / 1000;
  }

  private double median(String row, String figure) {
    return number(figures.path(row).path(figure).path("median"), row + "." + figure);
  }

  private double number(String name) {
    return number(figures.path(name), name);
  }

  private double number(JsonNode node, String name) {
    if (!node.isNumber()) {
      throw new IllegalArgumentException("%s has no number %s".formatted(file, name));
    }
    return node.asDouble();
  }
}

package org.nightglass.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** Named figures, each measured several times, and what to say of them: median, least, greatest. */
final class Figures {
  private final Map<String, List<Measurement>> rows = new LinkedHashMap<>();
  private final Map<String, Double> single = new LinkedHashMap<>();

  /**
   * What to say of repeated figures.
   *
   * @param times how many there were
   */
  record Spread(double median, double least, double greatest, int times) {
    static Spread of(double... values) {
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      int n = sorted.length;
      double median = (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
      return new Spread(median, sorted[0], sorted[n - 1], n);
    }

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("median", median);
      json.put("least", least);
      json.put("greatest", greatest);
      json.put("times", times);
      return json;
    }
  }

  void add(String row, Measurement measurement) {
    rows.computeIfAbsent(row, r -> new ArrayList<>()).add(measurement);
  }

  /** Names of all rows, in order. */
  Set<String> rows() {
    return rows.keySet();
  }

  void put(String name, double value) {
    single.put(name, value);
  }

  /** The greatest of several values of a figure. */
  void greatest(String name, double value) {
    single.merge(name, value, Math::max);
  }

  /** The ratio of two single figures. */
  double quotient(String name, String over) {
    return Objects.requireNonNull(single.get(name), name)
        / Objects.requireNonNull(single.get(over), over);
  }

  Spread rate(String row) {
    return spread(row, Measurement::rate);
  }

  /** Any figure of a row. */
  Spread spread(String row, ToDoubleFunction<Measurement> figure) {
    return Spread.of(values(row).stream().mapToDouble(figure).toArray());
  }

  private List<Measurement> values(String row) {
    return Objects.requireNonNull(rows.get(row), row);
  }

  /** The ratio of two rows' rates, round by round: both saw the same machine. */
  Spread ratio(String row, String over) {
    return ratio(row, over, Measurement::rate);
  }

  /** The same of another figure than the rate. */
  Spread ratio(String row, String over, ToDoubleFunction<Measurement> figure) {
    List<Measurement> above = values(row);
    List<Measurement> below = values(over);
    double[] ratios = new double[Math.min(above.size(), below.size())];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = figure.applyAsDouble(above.get(i)) / figure.applyAsDouble(below.get(i));
    }
    return Spread.of(ratios);
  }

  /** One line a row, for people. */
  List<String> table() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-40s %9s %17s   %7s %8s %7s"
            .formatted("", "spectra/s", "least – greatest", "CPU", "services", "foreign"));
    rows.forEach(
        (row, m) -> {
          Spread rate = rate(row);
          lines.add(
              "%-40s %9.0f %8.0f –%7.0f   %7.2f %8.2f %7.2f"
                  .formatted(
                      row,
                      rate.median(),
                      rate.least(),
                      rate.greatest(),
                      median(m, Measurement::cpuPerThousand),
                      median(m, Measurement::servicesCpuPerThousand),
                      median(m, Measurement::foreignCores)));
        });
    lines.add(
        "CPU, services: CPU seconds per 1,000 spectra of this process and of broker and registry;"
            + " foreign: cores taken by others meanwhile");
    return lines;
  }

  /** What was measured once. */
  List<String> latencies() {
    return single.entrySet().stream()
        .map(figure -> "%-60s %10.2f".formatted(figure.getKey(), figure.getValue()))
        .toList();
  }

  /** Everything, for machines. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    rows.forEach(
        (row, m) -> {
          Map<String, Object> figures = new LinkedHashMap<>();
          figures.put("spectra_per_second", rate(row).json());
          figures.put("cpu_seconds_per_1000", spread(m, Measurement::cpuPerThousand));
          figures.put(
              "services_cpu_seconds_per_1000", spread(m, Measurement::servicesCpuPerThousand));
          if (m.stream().allMatch(one -> Double.isFinite(one.foreignCores()))) {
            figures.put("foreign_cores", spread(m, Measurement::foreignCores));
          }
          json.put(row, figures);
        });
    json.putAll(single);
    return json;
  }

  private static Map<String, Object> spread(
      List<Measurement> m, ToDoubleFunction<Measurement> figure) {
    return Spread.of(m.stream().mapToDouble(figure).toArray()).json();
  }

  private static double median(List<Measurement> m, ToDoubleFunction<Measurement> figure) {
    return Spread.of(m.stream().mapToDouble(figure).toArray()).median();
  }
}

package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/**
 * One axis of a plot.
 *
 * @param label what it shows, with its unit
 * @param low value at its beginning
 * @param high value at its end, above {@code low}
 * @param scale rising; the values are drawn in proportion to it
 * @param ticks values that are named
 */
public record Axis(
    String label, double low, double high, DoubleUnaryOperator scale, List<Tick> ticks) {

  /** A value that is named. */
  public record Tick(double value, String text) {}

  /** From low to high, ticks at round numbers. */
  public static Axis linear(String label, double low, double high) {
    double raw = (high - low) / 6;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double ratio = raw / power;
    double step = power * (ratio < 1.5 ? 1 : ratio < 3.5 ? 2 : ratio < 7.5 ? 5 : 10);
    List<Tick> ticks = new ArrayList<>();
    int first = (int) Math.ceil(low / step - 1e-9);
    int last = (int) Math.floor(high / step + 1e-9);
    int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
    for (int i = first; i <= last; i++) {
      ticks.add(new Tick(i * step, ("%." + digits + "f").formatted(i * step)));
    }
    return new Axis(label, low, high, v -> v, List.copyOf(ticks));
  }

  /** Redshift, drawn as ln(1+z), so that equal distances are equal dz/(1+z). */
  public static Axis redshift(String label, double low, double high) {
    List<Tick> ticks = new ArrayList<>();
    double before = Double.NEGATIVE_INFINITY;
    double least = (Math.log1p(high) - Math.log1p(low)) / 9;
    for (double z : new double[] {0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1, 1.5, 2, 3, 4, 5, 6, 8, 10}) {
      if (z >= low && z <= high && Math.log1p(z) - before >= least) {
        before = Math.log1p(z);
        ticks.add(new Tick(z, z == Math.rint(z) ? "%.0f".formatted(z) : "%.1f".formatted(z)));
      }
    }
    return new Axis(label, low, high, Math::log1p, List.copyOf(ticks));
  }

  /** Positive numbers, drawn as their logarithm. */
  public static Axis logarithmic(String label, double low, double high) {
    List<Tick> ticks = new ArrayList<>();
    for (double v : new double[] {0.1, 0.3, 1, 3, 10, 30, 100, 300, 1000}) {
      if (v >= low && v <= high) {
        ticks.add(new Tick(v, v < 1 ? "%.1f".formatted(v) : "%.0f".formatted(v)));
      }
    }
    return new Axis(label, low, high, Math::log, List.copyOf(ticks));
  }

  /** Names at 0, 1, 2, …. */
  public static Axis names(String label, List<String> names) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add(new Tick(i, names.get(i)));
    }
    return new Axis(label, -0.5, names.size() - 0.5, v -> v, List.copyOf(ticks));
  }

  /** 0 at the beginning, 1 at the end; values beyond are held at the ends. */
  public double share(double value) {
    double from = scale.applyAsDouble(low);
    double to = scale.applyAsDouble(high);
    double clipped = Math.min(high, Math.max(low, value));
    return (scale.applyAsDouble(clipped) - from) / (to - from);
  }
}

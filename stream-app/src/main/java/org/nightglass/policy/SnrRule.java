package org.nightglass.policy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When an observation is a success by its signal alone, in the manner of 4MOST's spectral success
 * criteria: mean or median S/N in a window against a limit, combined by {@code and} and {@code or}
 * into a ruleset. {@link SnrRuleParser} reads them.
 */
public sealed interface SnrRule {

  /** The S/N measured in windows. */
  interface Measured {
    /**
     * @return S/N per pixel; null where the window was not measured or holds no good pixel
     */
    @Nullable Double snr(SnrWindow window, Statistic statistic);
  }

  /** How a window's pixels become one number. */
  enum Statistic {
    MEAN,
    MEDIAN
  }

  /** Whether the rule holds; a window without a measurement fails it. */
  boolean holds(Measured measured);

  /** Every window that the rule asks about, in order. */
  Set<SnrWindow> windows();

  /**
   * One window against one limit.
   *
   * @param least least S/N per pixel of the model's grid
   */
  record Limit(Statistic statistic, SnrWindow window, double least) implements SnrRule {
    @Override
    public boolean holds(Measured measured) {
      Double snr = measured.snr(window, statistic);
      return snr != null && snr >= least;
    }

    @Override
    public Set<SnrWindow> windows() {
      return Set.of(window);
    }

    @Override
    public String toString() {
      return "%s(%s-%s) >= %s"
          .formatted(
              statistic.name().toLowerCase(Locale.ROOT),
              number(window.fromAngstrom()),
              number(window.toAngstrom()),
              number(least));
    }

    private static String number(double value) {
      return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
  }

  /** All of the rules. */
  record All(List<SnrRule> rules) implements SnrRule {
    public All {
      rules = List.copyOf(rules);
    }

    @Override
    public boolean holds(Measured measured) {
      return rules.stream().allMatch(rule -> rule.holds(measured));
    }

    @Override
    public Set<SnrWindow> windows() {
      return windowsOf(rules);
    }

    @Override
    public String toString() {
      return joined(rules, " and ");
    }
  }

  /** Any of the rules. */
  record Any(List<SnrRule> rules) implements SnrRule {
    public Any {
      rules = List.copyOf(rules);
    }

    @Override
    public boolean holds(Measured measured) {
      return rules.stream().anyMatch(rule -> rule.holds(measured));
    }

    @Override
    public Set<SnrWindow> windows() {
      return windowsOf(rules);
    }

    @Override
    public String toString() {
      return joined(rules, " or ");
    }
  }

  private static Set<SnrWindow> windowsOf(List<SnrRule> rules) {
    Set<SnrWindow> windows = new LinkedHashSet<>();
    rules.forEach(rule -> windows.addAll(rule.windows()));
    return windows;
  }

  private static String joined(List<SnrRule> rules, String word) {
    List<String> parts =
        rules.stream()
            .map(rule -> rule instanceof Limit ? rule.toString() : "(" + rule + ")")
            .toList();
    return String.join(word, parts);
  }
}

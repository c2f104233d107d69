package org.nightglass.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nightglass.policy.SnrRule.Statistic;

/**
 * Reads rules of S/N.
 *
 * <pre>
 *  rule  := term { "or" term }
 *  term  := part { "and" part }
 *  part  := ("mean" | "median") "(" Å "-" Å ")" ">=" number  |  "(" rule ")"
 * </pre>
 *
 * {@code median(4200-5000) >= 2 and (mean(5400-6600) >= 5 or mean(7000-7800) >= 5)}
 */
final class SnrRuleParser {
  private static final String NUMBER = "([0-9]+(?:\\.[0-9]+)?)";
  private static final Pattern LIMIT =
      Pattern.compile(
          "(mean|median)\\s*\\(\\s*"
              + NUMBER
              + "\\s*-\\s*"
              + NUMBER
              + "\\s*\\)\\s*>=\\s*"
              + NUMBER);

  private final String text;
  private int at;

  private SnrRuleParser(String text) {
    this.text = text.strip().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException saying what was expected, and where
   */
  static SnrRule parse(String text) {
    SnrRuleParser parser = new SnrRuleParser(text);
    SnrRule rule = parser.rule();
    if (parser.at < parser.text.length()) {
      throw parser.expected("'and', 'or' or the end");
    }
    return rule;
  }

  private SnrRule rule() {
    List<SnrRule> terms = new ArrayList<>(List.of(term()));
    while (took("or")) {
      terms.add(term());
    }
    return terms.size() == 1 ? terms.get(0) : new SnrRule.Any(terms);
  }

  private SnrRule term() {
    List<SnrRule> parts = new ArrayList<>(List.of(part()));
    while (took("and")) {
      parts.add(part());
    }
    return parts.size() == 1 ? parts.get(0) : new SnrRule.All(parts);
  }

  private SnrRule part() {
    if (took("(")) {
      SnrRule inner = rule();
      if (!took(")")) {
        throw expected("')'");
      }
      return inner;
    }
    Matcher limit = LIMIT.matcher(text).region(at, text.length());
    if (!limit.lookingAt()) {
      throw expected("mean(FROM-TO) >= S/N, median(FROM-TO) >= S/N or '('");
    }
    at = limit.end();
    skipBlanks();
    return new SnrRule.Limit(
        Statistic.valueOf(limit.group(1).toUpperCase(Locale.ROOT)),
        new SnrWindow(Double.parseDouble(limit.group(2)), Double.parseDouble(limit.group(3))),
        Double.parseDouble(limit.group(4)));
  }

  private boolean took(String word) {
    if (!text.startsWith(word, at)) {
      return false;
    }
    at += word.length();
    skipBlanks();
    return true;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException expected(String what) {
    String rest = at < text.length() ? "'" + text.substring(at) + "'" : "the end";
    return new IllegalArgumentException("expected " + what + " at " + rest);
  }
}

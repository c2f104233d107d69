package org.nightglass.account;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Orders version names as people do: 1.9 before 1.10, v2 before v10. */
public final class Versions {
  private static final Pattern PART = Pattern.compile("[0-9]+|[^0-9]+");

  private Versions() {}

  /** Less than, equal to or greater than 0, as {@code one} is older, the same or newer. */
  public static int compare(String one, String other) {
    Matcher left = PART.matcher(one);
    Matcher right = PART.matcher(other);
    while (true) {
      boolean more = left.find();
      if (more != right.find()) {
        return more ? 1 : -1;
      }
      if (!more) {
        return one.compareTo(other); // 1.0 and 1.00 are two names
      }
      int order = comparePart(left.group(), right.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int comparePart(String left, String right) {
    boolean numbers = isDigit(left.charAt(0)) && isDigit(right.charAt(0));
    return numbers ? new BigInteger(left).compareTo(new BigInteger(right)) : left.compareTo(right);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}

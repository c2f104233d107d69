package org.nightglass.serve.read;

import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a thing stands in a list that is sorted by one of its values: text whose order is that of
 * the values, so that a page can begin anywhere, in memory and in the store alike.
 *
 * @param none whether it has no such value: these come last, whichever way is sorted
 * @param value the value, as text; empty where there is none
 * @param name of the thing: sorts those that are equal
 */
public record Place(boolean none, String value, String name) {
  private static final char NONE = 'n';
  private static final char SOME = 'v';

  /**
   * The place of a thing.
   *
   * @param value a number, a truth (false first), or anything that sorts as its text does
   */
  public static Place of(@Nullable Object value, String name) {
    if (value == null) {
      return new Place(true, "", name);
    }
    if (value instanceof Number number) {
      return new Place(false, text(number.doubleValue()), name);
    }
    if (value instanceof Boolean truth) {
      return new Place(false, truth ? "1" : "0", name);
    }
    return new Place(false, value.toString(), name);
  }

  /**
   * The bits of a double as 16 hexadecimal digits, the sign turned so that text sorts as numbers do
   * (IEEE 754-2008, 5.10, total order).
   */
  private static String text(double number) {
    long bits = Double.doubleToLongBits(number + 0.0); // -0 is 0
    return HexFormat.of().toHexDigits(bits ^ ((bits >> 63) | Long.MIN_VALUE));
  }

  /** The order of places; equal ones by name, in the same direction. */
  public static Comparator<Place> order(boolean falling) {
    Comparator<Place> rising = Comparator.comparing(Place::value).thenComparing(Place::name);
    return Comparator.comparing(Place::none).thenComparing(falling ? rising.reversed() : rising);
  }

  /** For a cursor. */
  public String text() {
    return (none ? NONE : SOME) + value + '\0' + name;
  }

  /** The place that a text is of; null if it is of none. */
  public static @Nullable Place read(String text) {
    int end = text.indexOf('\0');
    if (end < 1 || (text.charAt(0) != NONE && text.charAt(0) != SOME)) {
      return null;
    }
    return new Place(text.charAt(0) == NONE, text.substring(1, end), text.substring(end + 1));
  }
}

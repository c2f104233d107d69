package org.nightglass.serve.read;

import java.util.Comparator;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a thing stands in a list that is sorted by one of its values. Its text sorts as it does, so
 * that a page can begin anywhere, in memory and in the store alike.
 *
 * @param kind what the value is: things that have none come last, whichever way is sorted
 * @param bits a number's, turned so that they sort as numbers do, unsigned; else 0
 * @param letters a text; else empty
 * @param name of the thing: sorts those that are equal
 */
public record Place(Kind kind, long bits, String letters, String name) {
  /** What a value is; the letter begins its place in a cursor. */
  enum Kind {
    NUMBER('d'),
    TEXT('t'),
    NONE('n');

    private final char letter;

    Kind(char letter) {
      this.letter = letter;
    }
  }

  private static final Comparator<Place> RISING =
      ((Comparator<Place>) (a, b) -> Long.compareUnsigned(a.bits, b.bits))
          .thenComparing(Place::letters)
          .thenComparing(Place::name);
  private static final Comparator<Place> RISING_NONE_LAST =
      Comparator.comparing(Place::kind).thenComparing(RISING);
  private static final Comparator<Place> FALLING_NONE_LAST =
      Comparator.comparing(Place::kind).thenComparing(RISING.reversed());

  /**
   * The place of a thing.
   *
   * @param value a number, a truth (false first), or anything that sorts as its text does
   */
  public static Place of(@Nullable Object value, String name) {
    if (value == null) {
      return new Place(Kind.NONE, 0, "", name);
    }
    if (value instanceof Number number) {
      return new Place(Kind.NUMBER, bits(number.doubleValue()), "", name);
    }
    if (value instanceof Boolean truth) {
      return new Place(Kind.NUMBER, bits(truth ? 1 : 0), "", name);
    }
    return new Place(Kind.TEXT, 0, value.toString(), name);
  }

  /** Negative numbers with every bit turned, others with their sign (IEEE 754-2008, 5.10). */
  private static long bits(double number) {
    long bits = Double.doubleToLongBits(number + 0.0); // -0 is 0
    return bits ^ ((bits >> 63) | Long.MIN_VALUE);
  }

  /** The order of places; equal ones by name, in the same direction. */
  public static Comparator<Place> order(boolean falling) {
    return falling ? FALLING_NONE_LAST : RISING_NONE_LAST;
  }

  /** Whether there is no value. */
  boolean none() {
    return kind == Kind.NONE;
  }

  /** The value as text that sorts alike: of numbers 16 hexadecimal digits. */
  String value() {
    return kind == Kind.NUMBER ? HexFormat.of().toHexDigits(bits) : letters;
  }

  /** The place of a kind of value that {@link #value} gave. */
  static Place read(Kind kind, String value, String name) {
    return kind == Kind.NUMBER
        ? new Place(kind, HexFormat.fromHexDigitsToLong(value), "", name)
        : new Place(kind, 0, value, name);
  }

  /** For a cursor. */
  public String text() {
    return kind.letter + value() + '\0' + name;
  }

  /** The place that a text is of; null if it is of none. */
  public static @Nullable Place read(String text) {
    int end = text.indexOf('\0');
    for (Kind kind : Kind.values()) {
      if (end > 0 && text.charAt(0) == kind.letter) {
        try {
          return read(kind, text.substring(1, end), text.substring(end + 1));
        } catch (IllegalArgumentException e) {
          return null; // no number
        }
      }
    }
    return null;
  }
}

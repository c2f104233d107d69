package org.nightglass.account;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What two sets of figures do not agree in, for people. */
public final class Differences {
  private Differences() {}

  /** None missing, none too many, none different; a key that counts nothing may be absent. */
  public static <V> List<String> between(
      Map<String, SortedMap<String, V>> expected, Map<String, SortedMap<String, V>> told) {
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(told.keySet());
    return keys.stream()
        .filter(key -> !orEmpty(expected.get(key)).equals(orEmpty(told.get(key))))
        .map(
            key ->
                "%s: %s, but told %s"
                    .formatted(
                        key,
                        only(expected.get(key), told.get(key)),
                        only(told.get(key), expected.get(key))))
        .toList();
  }

  private static <V> SortedMap<String, V> orEmpty(@Nullable SortedMap<String, V> figures) {
    return figures == null ? new TreeMap<>() : figures;
  }

  /** What one says that the other does not. */
  private static <V> SortedMap<String, V> only(
      @Nullable SortedMap<String, V> one, @Nullable SortedMap<String, V> other) {
    SortedMap<String, V> rest = new TreeMap<>(orEmpty(one));
    rest.entrySet().removeAll(orEmpty(other).entrySet());
    return rest;
  }
}

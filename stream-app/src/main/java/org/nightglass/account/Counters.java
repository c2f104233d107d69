package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Whole numbers under names: {@code observed}, {@code snr/37}. A name that counts nothing is not
 * there, so that counters that went up and down again are equal to counters that never moved.
 *
 * <p>Not safe for use by several threads.
 */
public final class Counters {
  private static final char SEPARATOR = '\u0001';

  private final Map<String, Long> counts;

  public Counters() {
    this(new HashMap<>());
  }

  @JsonCreator
  private Counters(Map<String, Long> counts) {
    this.counts = counts;
  }

  @JsonValue
  private Map<String, Long> counts() {
    return counts;
  }

  /** Name and parts as one name; the character 1, which no name should hold, becomes a blank. */
  static String name(String first, String... more) {
    StringBuilder name = new StringBuilder(40).append(first.replace(SEPARATOR, ' '));
    for (String part : more) {
      name.append(SEPARATOR).append(part.replace(SEPARATOR, ' '));
    }
    return name.toString();
  }

  /** The parts of a name. */
  static String[] parts(String name) {
    return name.split(String.valueOf(SEPARATOR), -1);
  }

  /** Counts up, or down where negative. */
  public Counters add(String name, long by) {
    if (by != 0) {
      counts.merge(name, by, (old, more) -> old + more == 0 ? null : (Long) (old + more));
    }
    return this;
  }

  /** Counts up by one where a condition holds. */
  public Counters addIf(boolean holds, String name) {
    return holds ? add(name, 1) : this;
  }

  /** Adds all of others. */
  public Counters addAll(Counters others) {
    others.counts.forEach(this::add);
    return this;
  }

  /** Takes all of others out. */
  public Counters subtractAll(Counters others) {
    others.counts.forEach((name, count) -> add(name, -count));
    return this;
  }

  /** The count under a name; 0 where there is none. */
  public long get(String name) {
    return counts.getOrDefault(name, 0L);
  }

  /** How many names count something. */
  public int size() {
    return counts.size();
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Every name that counts something, in no order. */
  public void forEach(BiConsumer<String, Long> each) {
    counts.forEach(each);
  }

  /**
   * The counters whose names begin with a part, by the parts that follow.
   *
   * @param first the first part of the names
   * @param each takes the parts after it, and the count
   */
  void under(String first, BiConsumer<String[], Long> each) {
    String prefix = first + SEPARATOR;
    // A field has hundreds of names, and is asked for a dozen parts of them: only those are sorted.
    List<String> names = new ArrayList<>();
    for (String name : counts.keySet()) {
      if (name.startsWith(prefix)) {
        names.add(name);
      }
    }
    Collections.sort(names);
    names.forEach(name -> each.accept(parts(name.substring(prefix.length())), get(name)));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counters that && counts.equals(that.counts);
  }

  @Override
  public int hashCode() {
    return counts.hashCode();
  }

  @Override
  public String toString() {
    return new TreeMap<>(counts).toString().replace(SEPARATOR, '/');
  }
}

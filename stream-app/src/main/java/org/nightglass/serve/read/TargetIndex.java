package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.TargetState;

/**
 * Finds targets by state, programme and field without looking at all of them: each of the three has
 * its own list of targets in order of their names, and those asked for are walked side by side,
 * each skipping to where the others are. Each {@link TargetColumn} has a list in order of its
 * values, too, and one of the targets without a value.
 */
final class TargetIndex {
  private static final String STATE = list(TargetColumn.STATE, false);
  private static final String PROGRAMME = "programme";
  private static final String FIELD = list(TargetColumn.FIELD, false);

  private final Store store;

  TargetIndex(Store store) {
    this.store = store;
  }

  /** The keys under which a target is found. */
  static List<byte[]> entries(TargetState target) {
    List<byte[]> keys = new ArrayList<>();
    if (target.getProgramme() != null) {
      keys.add(Key.of(Key.TARGET_INDEX, PROGRAMME, target.getProgramme(), target.getTargetId()));
    }
    for (TargetColumn column : TargetColumn.values()) {
      keys.add(Key.of(Key.TARGET_INDEX, parts(column, column.place(target))));
    }
    return keys;
  }

  /** The list of a column: of the targets that have a value there, or of those that have none. */
  static String list(TargetColumn column, boolean none) {
    return none ? column.field() + "?" : column.field();
  }

  /** The parts of the key of a place in a column's list. */
  static String[] parts(TargetColumn column, Place place) {
    return place.none()
        ? new String[] {list(column, true), place.name()}
        : new String[] {list(column, false), place.value(), place.name()};
  }

  /** Whether a target passes a filter. */
  boolean holds(TargetFilter filter, String name) {
    return (filter.namePrefix() == null || name.startsWith(filter.namePrefix()))
        && holds(STATE, filter.state(), name)
        && holds(PROGRAMME, filter.programme(), name)
        && holds(FIELD, filter.field(), name);
  }

  private boolean holds(String list, @Nullable String value, String name) {
    return value == null || store.get(Key.of(Key.TARGET_INDEX, list, value, name)) != null;
  }

  /**
   * Names of targets, in order.
   *
   * @param filter what they must be
   * @param after the name after which to go on; null = from the first
   * @param most how many
   */
  List<String> find(TargetFilter filter, @Nullable String after, int most) {
    List<byte[]> lists = new ArrayList<>();
    if (filter.state() != null) {
      lists.add(Key.of(Key.TARGET_INDEX, STATE, filter.state(), ""));
    }
    if (filter.programme() != null) {
      lists.add(Key.of(Key.TARGET_INDEX, PROGRAMME, filter.programme(), ""));
    }
    if (filter.field() != null) {
      lists.add(Key.of(Key.TARGET_INDEX, FIELD, filter.field(), ""));
    }
    if (lists.isEmpty()) {
      lists.add(new byte[] {(byte) Key.TARGET});
    }
    String begin = filter.namePrefix() == null ? "" : filter.namePrefix();
    List<String> found = new ArrayList<>();
    // A name after which none comes is the name with the least character behind it.
    String at = after == null ? begin : later(begin, after + '\u0001');
    while (found.size() < most) {
      String next = common(lists, at);
      if (next == null || !next.startsWith(begin)) {
        break;
      }
      found.add(next);
      at = next + '\u0001';
    }
    return found;
  }

  private static String later(String one, String other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  /** The first name at or after {@code from} that is in every list. */
  private @Nullable String common(List<byte[]> lists, String from) {
    String candidate = from;
    int agreed = 0;
    for (int i = 0; agreed < lists.size(); i = (i + 1) % lists.size()) {
      String found = first(lists.get(i), candidate);
      if (found == null) {
        return null;
      }
      agreed = found.equals(candidate) ? agreed + 1 : 1;
      candidate = found;
    }
    return candidate;
  }

  private @Nullable String first(byte[] list, String from) {
    byte[] name = from.getBytes(StandardCharsets.UTF_8);
    byte[] at = Arrays.copyOf(list, list.length + name.length);
    System.arraycopy(name, 0, at, list.length, name.length);
    byte[] key = store.firstKey(list, at);
    return key == null
        ? null
        : new String(key, list.length, key.length - list.length, StandardCharsets.UTF_8);
  }
}

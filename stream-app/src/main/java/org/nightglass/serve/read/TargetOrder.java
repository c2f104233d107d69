package org.nightglass.serve.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.TargetState;
import org.nightglass.serve.read.ReadModel.SortedTargets;

/**
 * Targets in order of a column, a page at a time, at a cost that does not grow with their number.
 *
 * <p>A few targets are sorted where they are found. Of many, the column's own list in the store is
 * walked and the filter asked of each; a walk that has passed enough ends its page there, short or
 * even empty, and the next page goes on.
 */
final class TargetOrder {
  private final Store store;
  private final TargetIndex index;
  private final Function<String, @Nullable TargetState> read;
  private final Limits limits;

  /**
   * What a page may cost.
   *
   * @param few as many are sorted in memory
   * @param passed most targets of a list that are passed
   */
  record Limits(int few, int passed) {
    /** A field's targets are few; a page of many takes a tenth of a second. */
    static final Limits USUAL = new Limits(5_000, 20_000);
  }

  /**
   * @param read the state of a target; null where it has none any more
   */
  TargetOrder(
      Store store, TargetIndex index, Function<String, @Nullable TargetState> read, Limits limits) {
    this.store = store;
    this.index = index;
    this.read = read;
    this.limits = limits;
  }

  /**
   * @param after the last place of the page before; null for the first
   * @param most how many
   */
  SortedTargets page(
      TargetFilter filter, TargetColumn column, boolean falling, @Nullable Place after, int most) {
    if (!filter.isOpen()) {
      List<String> names = index.find(filter, null, limits.few() + 1);
      if (names.size() <= limits.few()) {
        return ofFew(names, column, falling, after, most);
      }
    }
    return ofMany(filter, column, falling, after, most);
  }

  private SortedTargets ofFew(
      List<String> names, TargetColumn column, boolean falling, @Nullable Place after, int most) {
    Comparator<Place> order = Place.order(falling);
    List<TargetState> targets =
        names.stream()
            .map(read)
            .filter(Objects::nonNull) // gone since it was found
            .filter(target -> after == null || order.compare(column.place(target), after) > 0)
            .sorted(Comparator.comparing(column::place, order))
            .limit(most + 1L)
            .toList();
    if (targets.size() <= most) {
      return new SortedTargets(targets, null);
    }
    List<TargetState> page = targets.subList(0, most);
    return new SortedTargets(page, column.place(page.get(most - 1)));
  }

  private SortedTargets ofMany(
      TargetFilter filter, TargetColumn column, boolean falling, @Nullable Place after, int most) {
    Walk walk = new Walk(filter, most);
    if (after == null || !after.none()) {
      walk.along(false, column, falling, after);
    }
    if (!walk.ended) {
      walk.along(true, column, falling, after != null && after.none() ? after : null);
    }
    List<TargetState> targets = walk.names.stream().map(read).filter(Objects::nonNull).toList();
    return new SortedTargets(targets, walk.ended ? walk.last : null);
  }

  /** A walk along a column's list of those with a value, then along that of those without. */
  private final class Walk {
    private final TargetFilter filter;
    private final int most;
    private final List<String> names = new ArrayList<>();
    private int passed;
    private @Nullable Place last;

    /** Whether the page is full, or enough was passed. */
    private boolean ended;

    Walk(TargetFilter filter, int most) {
      this.filter = filter;
      this.most = most;
    }

    void along(boolean none, TargetColumn column, boolean falling, @Nullable Place after) {
      byte[] list = Key.of(Key.TARGET_INDEX, TargetIndex.list(column, none), "");
      Store.Visitor visitor = (key, value) -> visit(place(column, none, key), after);
      byte[] from =
          after == null ? null : Key.of(Key.TARGET_INDEX, TargetIndex.parts(column, after));
      if (falling) {
        store.scanBack(list, from, visitor);
      } else {
        store.scan(list, from, visitor);
      }
    }

    private static Place place(TargetColumn column, boolean none, byte[] key) {
      String[] parts = Key.parts(key);
      return none ? Place.of(null, parts[1]) : Place.read(column.kind(), parts[1], parts[2]);
    }

    private boolean visit(Place here, @Nullable Place after) {
      if (here.equals(after)) {
        return true;
      }
      if (names.size() == most || passed == limits.passed()) {
        ended = true;
        return false;
      }
      passed++;
      last = here;
      if (index.holds(filter, here.name())) {
        names.add(here.name());
      }
      return true;
    }
  }
}

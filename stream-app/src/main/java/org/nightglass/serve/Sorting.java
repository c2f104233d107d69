package org.nightglass.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.serve.read.Place;

/**
 * What a list is sorted by, and which way. Things without a value come last, whichever way.
 *
 * @param value what is sorted by: a number, a truth, or what sorts as its text does
 * @param name of a thing, sorts those that are equal
 * @param falling whether the greatest come first
 */
record Sorting<T>(Function<T, @Nullable Object> value, Function<T, String> name, boolean falling) {

  /**
   * The sorting that a request asks for.
   *
   * @param columns what can be sorted by
   * @param name of a thing
   * @return null where it asks for none
   */
  static <T> @Nullable Sorting<T> of(
      Query query, Map<String, Function<T, @Nullable Object>> columns, Function<T, String> name) {
    String column = query.sort(columns.keySet());
    boolean falling = query.falling(column);
    Function<T, @Nullable Object> value = column == null ? null : columns.get(column);
    return value == null ? null : new Sorting<>(value, name, falling);
  }

  private Place place(T thing) {
    return Place.of(value.apply(thing), name.apply(thing));
  }

  /**
   * One page.
   *
   * @param items in order
   * @param matched things that were looked at, on all pages
   * @param next the cursor of the following page; null where this is the last
   */
  record Page<T>(List<T> items, int matched, @Nullable String next) {}

  private record Placed<T>(Place place, T thing) {}

  /**
   * Takes one page: one walk over all things, a page's worth of them held.
   *
   * @param walk shows every thing that is wanted
   * @param after the last place of the page before; null for the first
   */
  Page<T> page(Consumer<Consumer<T>> walk, @Nullable Place after, int most) {
    Comparator<Place> order = Place.order(falling);
    Comparator<Placed<T>> first = Comparator.comparing(Placed::place, order);
    PriorityQueue<Placed<T>> held = new PriorityQueue<>(first.reversed());
    int[] matched = new int[1];
    walk.accept(
        thing -> {
          matched[0]++;
          Placed<T> placed = new Placed<>(place(thing), thing);
          if (after != null && order.compare(placed.place(), after) <= 0) {
            return;
          }
          if (held.size() <= most) {
            held.add(placed);
          } else if (first.compare(placed, held.peek()) < 0) {
            held.remove();
            held.add(placed);
          }
        });
    List<Placed<T>> sorted = new ArrayList<>(held);
    sorted.sort(first);
    boolean more = sorted.size() > most;
    List<Placed<T>> page = more ? sorted.subList(0, most) : sorted;
    return new Page<>(
        page.stream().map(Placed::thing).toList(),
        matched[0],
        more ? Cursor.encode(page.get(most - 1).place().text()) : null);
  }
}

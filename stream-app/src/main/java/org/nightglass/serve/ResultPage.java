package org.nightglass.serve;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nightglass.serve.read.Row;

/**
 * One page of a night's results, the latest first. Pages follow the order of time and name, so that
 * new results neither repeat nor hide old ones, on whichever instance the next page is asked for.
 */
final class ResultPage {
  private static final Comparator<Row> LATEST_FIRST =
      Comparator.comparingLong(Row::emittedMillis).reversed().thenComparing(Row::spectrumId);

  private ResultPage() {}

  /** A row's place in that order. */
  private record Place(long emittedMillis, String spectrumId) {
    boolean before(Row row) {
      return row.emittedMillis() < emittedMillis
          || (row.emittedMillis() == emittedMillis && row.spectrumId().compareTo(spectrumId) > 0);
    }
  }

  /**
   * Takes one page: one walk over all rows, a page's worth of them held.
   *
   * @param cursor where the page begins, as the page before told it; null for the first
   * @throws Problem if the cursor is of another list
   */
  static Sorting.Page<Row> of(
      Iterable<Row> all, Predicate<Row> wanted, @Nullable String cursor, int most) {
    Place after = cursor == null ? null : place(cursor);
    PriorityQueue<Row> latest = new PriorityQueue<>(LATEST_FIRST.reversed());
    int matched = 0;
    for (Row row : all) {
      if (!wanted.test(row)) {
        continue;
      }
      matched++;
      if (after != null && !after.before(row)) {
        continue;
      }
      if (latest.size() <= most) {
        latest.add(row);
      } else if (LATEST_FIRST.compare(row, latest.peek()) < 0) {
        latest.remove();
        latest.add(row);
      }
    }
    List<Row> rows = new ArrayList<>(latest);
    Collections.sort(rows, LATEST_FIRST);
    boolean more = rows.size() > most;
    List<Row> page = more ? rows.subList(0, most) : rows;
    Row last = more ? page.get(most - 1) : null;
    return new Sorting.Page<>(
        page,
        matched,
        last == null ? null : Cursor.encode(last.emittedMillis() + ":" + last.spectrumId()));
  }

  private static Place place(String cursor) {
    int colon = cursor.indexOf(':');
    try {
      return new Place(
          Long.parseLong(cursor.substring(0, Math.max(0, colon))), cursor.substring(colon + 1));
    } catch (NumberFormatException e) {
      throw Problem.badRequest(
          List.of(new Problem.Fault("cursor", cursor, "'next' of a page of this list")));
    }
  }
}

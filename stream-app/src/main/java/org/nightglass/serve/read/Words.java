package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.TargetState;

/**
 * People's words on targets that speak of their spectra too, as the targets' states tell them. They
 * are few, and held in memory beside the rows: a word given or taken back holds at once for every
 * row of its target, in whatever night.
 *
 * <p>Safe for use by several threads.
 */
final class Words {
  private static final Set<String> OF_SPECTRA = Set.of("ACCEPT", "REJECT");

  private final Map<String, String> actions = new ConcurrentHashMap<>();

  /** Reads those that a store holds. */
  Words(Store store) {
    store.scan(
        new byte[] {(byte) Key.WORD},
        null,
        (key, value) -> {
          actions.put(Key.parts(key)[0], new String(value, StandardCharsets.UTF_8));
          return true;
        });
  }

  /** What the state of a target says of its spectra; null where no person did. */
  static @Nullable String of(@Nullable TargetState target) {
    var word = target == null ? null : target.getOverride();
    return word != null && OF_SPECTRA.contains(word.getAction()) ? word.getAction() : null;
  }

  /** Takes up a word, or that there is none any more. */
  void set(String target, @Nullable String action) {
    if (action == null) {
      actions.remove(target);
    } else {
      actions.put(target, action);
    }
  }

  /** A row as people have it. Sky fibres and standards are nobody's targets. */
  Row on(Row row) {
    String action = row.target() ? actions.get(row.targetId()) : null;
    return action == null ? row : row.with(row.worth().by(action));
  }

  /** Rows as people have them now; a view. */
  Collection<Row> on(Collection<Row> rows) {
    if (actions.isEmpty()) {
      return Collections.unmodifiableCollection(rows);
    }
    return new AbstractCollection<>() {
      @Override
      public Iterator<Row> iterator() {
        return StreamSupport.stream(rows.spliterator(), false).map(Words.this::on).iterator();
      }

      @Override
      public int size() {
        return rows.size();
      }
    };
  }
}

package org.nightglass.serve.read;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;

/**
 * Rows of the nights that were asked for lately, in memory, one a spectrum: filters and statistics
 * of two hundred thousand results then take milliseconds.
 *
 * <p>A night is loaded from the store when it is first asked for, and kept up to date by the reader
 * of the topics from then on; the one longest not asked for makes room.
 */
final class NightTables {
  private final Store store;
  private final Records<SpectrumResult> results;
  private final Function<SpectrumResult, Row> rowOf;
  private final Words words;
  private final int most;

  /** Held while a write is committed and while a night is loaded: neither misses the other. */
  private final ReentrantLock changing = new ReentrantLock();

  /** Guarded by {@link #changing}; the tables themselves may be read by anybody. */
  private final Map<String, Map<String, Row>> loaded = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * @param most greatest number of nights in memory
   */
  NightTables(
      Store store,
      Records<SpectrumResult> results,
      Function<SpectrumResult, Row> rowOf,
      Words words,
      int most) {
    this.store = store;
    this.results = results;
    this.rowOf = rowOf;
    this.words = words;
    this.most = most;
  }

  /** A night's rows, in no order; more may come while they are looked at. */
  Collection<Row> rows(String night) {
    changing.lock();
    try {
      Map<String, Row> table = loaded.get(night);
      if (table == null) {
        table = load(night);
        if (!table.isEmpty()) {
          loaded.put(night, table);
          if (loaded.size() > most) {
            loaded.remove(loaded.keySet().iterator().next());
          }
        }
      }
      return words.on(table.values());
    } finally {
      changing.unlock();
    }
  }

  private Map<String, Row> load(String night) {
    Map<String, Row> table = new ConcurrentHashMap<>();
    store.scan(
        Key.of(Key.RESULT, night, ""),
        null,
        (key, value) -> {
          Row row = rowOf.apply(results.read(value));
          table.put(row.spectrumId(), row);
          return true;
        });
    return table;
  }

  /**
   * Commits a write and, in one step for whoever loads a night, applies its changes.
   *
   * @param said what people now say of targets' spectra; null where they say nothing any more
   */
  void commit(
      Store.Write write, Collection<RowChange> changes, Map<String, @Nullable String> said) {
    changing.lock();
    try {
      write.commit();
      said.forEach(words::set);
      for (RowChange change : changes) {
        Map<String, Row> table = loaded.get(change.night());
        if (table != null) {
          change.apply(table);
        }
      }
    } finally {
      changing.unlock();
    }
  }

  void forget(String night) {
    changing.lock();
    try {
      loaded.remove(night);
    } finally {
      changing.unlock();
    }
  }

  /** What becomes of one row of a night. */
  sealed interface RowChange {
    String night();

    void apply(Map<String, Row> table);

    record Put(String night, Row row) implements RowChange {
      @Override
      public void apply(Map<String, Row> table) {
        table.put(row.spectrumId(), row);
      }
    }

    record Remove(String night, String spectrumId) implements RowChange {
      @Override
      public void apply(Map<String, Row> table) {
        table.remove(spectrumId);
      }
    }
  }
}

package org.nightglass.topology;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Counters;
import org.nightglass.batch.DrainOnCommitStore;

/**
 * The counters of a task's scopes, each an entry of its own in a state store: a commit writes those
 * that have moved since the last one and nothing else. In between, the scopes in use are in memory,
 * whole, for counting and telling.
 *
 * <p>Owned by one task.
 */
final class Tally {
  private static final String SEPARATOR = "\u0000";

  /** Counters that stay in memory after a commit: some 20 MB. */
  private static final int COUNTERS_KEPT = 150_000;

  private final ProcessorContext<?, ?> context;
  private final KeyValueStore<String, Long> counts;

  /** Least recently used first. */
  private final Map<String, Counters> live = new LinkedHashMap<>(64, 0.75f, true);

  /** Counters in {@link #live}, kept up to date: to add them up at every commit would be dear. */
  private int kept;

  /** Names that have moved since the last commit, by scope. */
  private final Map<String, Set<String>> moved = new LinkedHashMap<>();

  private DrainOnCommitStore.@Nullable Origin origin;

  private Tally(ProcessorContext<?, ?> context, String name) {
    this.context = context;
    this.counts = context.getStateStore(name);
  }

  /** The stores of a tally and of the outbox that tells of it. */
  static Set<StoreBuilder<?>> stores(String name) {
    Set<StoreBuilder<?>> all = new HashSet<>(Outbox.stores(name));
    all.add(
        Stores.keyValueStoreBuilder(
            Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long()));
    all.add(DrainOnCommitStore.builder(movedStore(name)));
    return all;
  }

  private static String movedStore(String name) {
    return name + "-moved";
  }

  static Tally of(ProcessorContext<?, ?> context, String name) {
    Tally tally = new Tally(context, name);
    DrainOnCommitStore store = context.getStateStore(movedStore(name));
    store.register(
        new DrainOnCommitStore.Client() {
          @Override
          public void drain() {
            tally.write();
          }

          @Override
          public void drop() {
            tally.forget();
          }
        });
    return tally;
  }

  /** Counts up and down in a scope; to be called while a record is processed. */
  void move(String scope, Counters moves) {
    origin = DrainOnCommitStore.Origin.of(context);
    Counters counters = scope(scope);
    int before = counters.size();
    counters.addAll(moves);
    kept += counters.size() - before;
    Set<String> names = moved.computeIfAbsent(scope, unused -> new HashSet<>());
    moves.forEach((name, by) -> names.add(name));
  }

  /** All counters of a scope, as they are now and only to be read. */
  Counters of(String scope) {
    return scope(scope);
  }

  private Counters scope(String scope) {
    Counters counters = live.get(scope);
    if (counters == null) {
      counters = read(scope);
      live.put(scope, counters);
      kept += counters.size();
    }
    return counters;
  }

  private Counters read(String scope) {
    Counters counters = new Counters();
    String prefix = scope + SEPARATOR;
    try (KeyValueIterator<String, Long> some = counts.prefixScan(prefix, new StringSerializer())) {
      some.forEachRemaining(
          entry -> counters.add(entry.key.substring(prefix.length()), entry.value));
    }
    return counters;
  }

  private void write() {
    if (origin != null && !moved.isEmpty()) {
      origin.run(() -> moved.forEach(this::write));
    }
    moved.clear();
    Iterator<Counters> oldest = live.values().iterator();
    while (kept > COUNTERS_KEPT && oldest.hasNext()) {
      kept -= oldest.next().size();
      oldest.remove();
    }
  }

  private void write(String scope, Set<String> names) {
    Counters counters = scope(scope);
    for (String name : names) {
      String key = scope + SEPARATOR + name;
      long count = counters.get(name);
      if (count == 0) {
        counts.delete(key);
      } else {
        counts.put(key, count);
      }
    }
  }

  private void forget() {
    live.clear();
    kept = 0;
    moved.clear();
  }
}

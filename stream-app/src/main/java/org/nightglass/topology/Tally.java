package org.nightglass.topology;

import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.nightglass.account.Counters;

/**
 * The counters of a task's scopes, each an entry of its own in a state store: a change touches what
 * it counts and nothing else, and the store's cache turns many changes between two commits into one
 * write.
 */
final class Tally {
  private static final String SEPARATOR = "\u0000";

  private final KeyValueStore<String, Long> counts;

  private Tally(KeyValueStore<String, Long> counts) {
    this.counts = counts;
  }

  /** The stores of a tally and of the outbox that tells of it. */
  static Set<StoreBuilder<?>> stores(String name) {
    Set<StoreBuilder<?>> all = new HashSet<>(Outbox.stores(name));
    all.add(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.Long())
            .withCachingEnabled());
    return all;
  }

  static Tally of(ProcessorContext<?, ?> context, String name) {
    return new Tally(context.getStateStore(name));
  }

  /** Counts up and down in a scope. */
  void move(String scope, Counters moves) {
    moves.forEach(
        (name, by) -> {
          String key = scope + SEPARATOR + name;
          Long before = counts.get(key);
          long after = (before == null ? 0 : before) + by;
          if (after == 0) {
            counts.delete(key);
          } else {
            counts.put(key, after);
          }
        });
  }

  /** All counters of a scope. */
  Counters of(String scope) {
    Counters counters = new Counters();
    String prefix = scope + SEPARATOR;
    try (KeyValueIterator<String, Long> some = counts.prefixScan(prefix, new StringSerializer())) {
      some.forEachRemaining(
          entry -> counters.add(entry.key.substring(prefix.length()), entry.value));
    }
    return counters;
  }
}

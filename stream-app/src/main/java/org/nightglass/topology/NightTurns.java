package org.nightglass.topology;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightStatus;

/**
 * Notices when a night has been closed or reopened, and says which targets or fields of this task
 * have a part in it: their records name the state of their night.
 *
 * <p>Owned by one task. Keeps the members of the latest {@value #NIGHTS_KEPT} nights: the records
 * of older ones name the state that their night had when they were last told.
 */
final class NightTurns {
  private static final int NIGHTS_KEPT = 32;
  private static final String SEPARATOR = "\u0000";

  private final ReadOnlyKeyValueStore<String, ValueAndTimestamp<NightStatus>> nights;
  private final KeyValueStore<String, String> members;
  private final KeyValueStore<String, String> seen;

  NightTurns(
      ReadOnlyKeyValueStore<String, ValueAndTimestamp<NightStatus>> nights,
      KeyValueStore<String, String> members,
      KeyValueStore<String, String> seen) {
    this.nights = nights;
    this.members = members;
    this.seen = seen;
  }

  static Set<StoreBuilder<?>> stores(String name) {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(membersStore(name)),
                Serdes.String(),
                Serdes.String())
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(seenStore(name)), Serdes.String(), Serdes.String()));
  }

  static String membersStore(String name) {
    return name + "-by-night";
  }

  static String seenStore(String name) {
    return name + "-nights-seen";
  }

  /** Where a night stands; null where nothing is known of it. */
  @Nullable NightState state(String night) {
    ValueAndTimestamp<NightStatus> status = nights.get(night);
    return status == null ? null : status.value().getState();
  }

  /**
   * When a night was closed, or the word to close it heard that still waits, milliseconds since the
   * Unix epoch; null where it is open.
   */
  @Nullable Long closedAtMs(String night) {
    ValueAndTimestamp<NightStatus> status = nights.get(night);
    if (status == null) {
      return null;
    }
    Instant waiting = status.value().getClosingSince();
    Instant closedAt = waiting == null ? status.value().getClosedAt() : waiting;
    return closedAt == null ? null : (Long) closedAt.toEpochMilli();
  }

  /** A target or field has a part in a night. */
  void note(String night, String member) {
    members.putIfAbsent(night + SEPARATOR + member, "");
    seen.putIfAbsent(night, name(state(night)));
  }

  /** Names every target or field whose night has come into another state. */
  void turned(Consumer<String> member) {
    TreeMap<String, String> known = new TreeMap<>();
    try (KeyValueIterator<String, String> all = seen.all()) {
      all.forEachRemaining(entry -> known.put(entry.key, entry.value));
    }
    known.forEach(
        (night, before) -> {
          String now = name(state(night));
          if (!now.equals(before)) {
            seen.put(night, now);
            membersOf(night).forEach(member);
          }
        });
    while (known.size() > NIGHTS_KEPT) {
      String oldest = known.firstKey();
      membersOf(oldest).forEach(one -> members.delete(oldest + SEPARATOR + one));
      seen.delete(oldest);
      known.remove(oldest);
    }
  }

  private List<String> membersOf(String night) {
    List<String> found = new ArrayList<>();
    String prefix = night + SEPARATOR;
    try (KeyValueIterator<String, String> some =
        members.prefixScan(prefix, new StringSerializer())) {
      some.forEachRemaining(entry -> found.add(entry.key.substring(prefix.length())));
    }
    return found;
  }

  /** A night of which nothing is known yet is as good as open. */
  private static String name(@Nullable NightState state) {
    return state == null ? NightState.OPEN.name() : state.name();
  }
}

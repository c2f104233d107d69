package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;
import org.nightglass.policy.Policies;

/**
 * The store with the forms of what is in it, and the nights in memory: what the side that writes
 * and the side that answers have in common.
 */
final class ReadStore implements AutoCloseable {
  /** Stands for the night of what names none. */
  static final String UNKNOWN_NIGHT = "unknown";

  /** Rows dropped in one write. */
  private static final int DROPPED_AT_ONCE = 10_000;

  private final Store store;
  private final Records<NightStatus> nights = new Records<>(NightStatus.class);
  private final Records<NightYield> yields = new Records<>(NightYield.class);
  private final Records<FieldProgress> fields = new Records<>(FieldProgress.class);
  private final Records<TargetState> targets = new Records<>(TargetState.class);
  private final Records<SpectrumResult> results = new Records<>(SpectrumResult.class);
  private final Records<Reject> rejects = new Records<>(Reject.class);
  private final Names names = new Names();
  private final Policies policies;
  private final Words words;
  private final NightTables tables;

  /**
   * @param store owned from here on
   * @param policies by which it is said what a spectrum is worth
   * @param nightsInMemory greatest number of nights whose rows are held in memory
   */
  ReadStore(Store store, Policies policies, int nightsInMemory) {
    this.store = store;
    this.policies = policies;
    this.words = new Words(store);
    this.tables = new NightTables(store, results, this::row, words, nightsInMemory);
  }

  Store store() {
    return store;
  }

  Records<NightStatus> nights() {
    return nights;
  }

  Records<NightYield> yields() {
    return yields;
  }

  Records<FieldProgress> fields() {
    return fields;
  }

  Records<TargetState> targets() {
    return targets;
  }

  Records<SpectrumResult> results() {
    return results;
  }

  Records<Reject> rejects() {
    return rejects;
  }

  /** A result in short, people's words left out. */
  Row row(SpectrumResult result) {
    return Row.of(result, names, policies);
  }

  Words words() {
    return words;
  }

  NightTables tables() {
    return tables;
  }

  /** Where to go on reading, by partition. */
  Map<TopicPartition, Long> positions() {
    Map<TopicPartition, Long> positions = new HashMap<>();
    store.scan(
        new byte[] {(byte) Key.OFFSET},
        null,
        (key, value) -> {
          String[] parts = Key.parts(key);
          positions.put(
              new TopicPartition(parts[0], Integer.parseInt(parts[1])),
              Long.parseLong(new String(value, StandardCharsets.UTF_8)));
          return true;
        });
    return positions;
  }

  /** The nights of which results are kept, in order; what names no night is not among them. */
  NavigableSet<String> nightsOfResults() {
    return firstParts(Key.RESULT);
  }

  /** The distinct first parts of the keys of a kind: one look-up each. */
  NavigableSet<String> firstParts(char kind) {
    NavigableSet<String> found = new TreeSet<>();
    byte[] all = {(byte) kind};
    byte[] key = store.firstKey(all, all);
    while (key != null) {
      String first = Key.parts(key)[0];
      if (!first.equals(UNKNOWN_NIGHT)) {
        found.add(first);
      }
      key = store.firstKey(all, Key.after(Key.of(kind, first, "")));
    }
    return found;
  }

  /** Drops a night's results and rejects; its figures stay. */
  void dropRows(String night) {
    List<byte[]> gone = new ArrayList<>();
    store.scan(
        Key.of(Key.RESULT, night, ""),
        null,
        (key, value) -> {
          SpectrumResult result = results.read(value);
          gone.add(key);
          gone.add(Key.of(Key.SPECTRUM, result.getSpectrumId()));
          gone.add(
              Key.of(Key.TARGET_SPECTRUM, result.getTargetId(), night, result.getSpectrumId()));
          return true;
        });
    store.scan(Key.of(Key.REJECT, night, ""), null, (key, value) -> gone.add(key));
    for (int from = 0; from < gone.size(); from += DROPPED_AT_ONCE) {
      try (Store.Write write = store.write()) {
        gone.subList(from, Math.min(gone.size(), from + DROPPED_AT_ONCE)).forEach(write::delete);
        write.commit();
      }
    }
    tables.forget(night);
  }

  @Override
  public void close() {
    store.close();
  }
}

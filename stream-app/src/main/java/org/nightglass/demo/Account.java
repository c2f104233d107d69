package org.nightglass.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;

/**
 * The books of a run: every event that went in, and what came out for it. Each must come out once,
 * as a result or as a reject.
 *
 * <p>Safe for use by several threads.
 */
public final class Account {
  /** An event by where it stands in the spectra topic. */
  public record Source(int partition, long offset) {}

  /** How often each event came out; one for each that went in, which is how often it must. */
  private final Map<Source, Integer> seen = new HashMap<>();

  private final Map<Source, String> sent = new HashMap<>();
  private final Map<String, Integer> byClass = new TreeMap<>();
  private final Map<String, Integer> goodByClass = new TreeMap<>();
  private final Map<String, Integer> byReason = new TreeMap<>();
  private final List<Long> latencies = new ArrayList<>();
  private int results;
  private int rejects;

  /** Notes that an event went in, and which spectrum it holds. */
  public synchronized void sent(int partition, long offset, String spectrumId) {
    sent.put(new Source(partition, offset), spectrumId);
  }

  /** Notes a result. */
  public synchronized void result(SpectrumResult result) {
    results++;
    count(seen, new Source(result.getSourcePartition(), result.getSourceOffset()));
    count(byClass, result.getClassLabel());
    if (result.getGoodZ()) {
      count(goodByClass, result.getClassLabel());
    }
    latencies.add(result.getEmittedAt().toEpochMilli() - result.getIngestedAt().toEpochMilli());
    notifyAll();
  }

  /** Notes a reject. */
  public synchronized void reject(Reject reject) {
    rejects++;
    count(seen, new Source(reject.getSourcePartition(), reject.getSourceOffset()));
    count(byReason, reject.getReason());
    notifyAll();
  }

  /** Waits until something has come out, or some time has passed. */
  public synchronized void awaitChange(Duration atMost) throws InterruptedException {
    wait(atMost.toMillis()); // whoever calls looks at the counts anyway, so a wake-up without cause
    // does no harm
  }

  /** Results and rejects so far. */
  public synchronized int accounted() {
    return results + rejects;
  }

  /** Events so far. */
  public synchronized int sent() {
    return sent.size();
  }

  public synchronized int results() {
    return results;
  }

  public synchronized int rejects() {
    return rejects;
  }

  /** Results by class, in alphabetical order. */
  public synchronized Map<String, Integer> byClass() {
    return new TreeMap<>(byClass);
  }

  /** Accepted redshifts by class. */
  public synchronized Map<String, Integer> goodByClass() {
    return new TreeMap<>(goodByClass);
  }

  /** Rejects by reason, in alphabetical order. */
  public synchronized Map<String, Integer> byReason() {
    return new TreeMap<>(byReason);
  }

  /**
   * Milliseconds from the broker's taking an event in to the result's leaving.
   *
   * @param quantile 0 to 1
   * @return null while there is no result
   */
  public synchronized @Nullable Long latencyMillis(double quantile) {
    if (latencies.isEmpty()) {
      return null;
    }
    long[] sorted = latencies.stream().mapToLong(Long::longValue).sorted().toArray();
    return sorted[(int) Math.min(sorted.length - 1L, (long) Math.floor(quantile * sorted.length))];
  }

  /** What does not add up, in words; empty if every event came out exactly once. */
  public synchronized List<String> faults() {
    List<String> faults = new ArrayList<>();
    List<String> lost =
        sent.keySet().stream().filter(s -> !seen.containsKey(s)).map(sent::get).sorted().toList();
    List<String> doubled =
        seen.entrySet().stream()
            .filter(e -> e.getValue() > 1)
            .map(e -> sent.getOrDefault(e.getKey(), e.getKey().toString()))
            .sorted()
            .toList();
    long unknown = seen.keySet().stream().filter(s -> !sent.containsKey(s)).count();
    if (!lost.isEmpty()) {
      faults.add(lost.size() + " events have neither result nor reject: " + some(lost));
    }
    if (!doubled.isEmpty()) {
      faults.add(doubled.size() + " events came out more than once: " + some(doubled));
    }
    if (unknown > 0) {
      faults.add(unknown + " results or rejects belong to no event that was sent");
    }
    return faults;
  }

  private static String some(List<String> names) {
    return String.join(", ", names.subList(0, Math.min(5, names.size())))
        + (names.size() > 5 ? ", …" : "");
  }

  private static <K> void count(Map<K, Integer> counts, K key) {
    counts.merge(key, 1, Integer::sum);
  }
}

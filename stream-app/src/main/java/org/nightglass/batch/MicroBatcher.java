package org.nightglass.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Collects items into batches: full ones by number or by weight, smaller ones when the oldest item
 * has waited long enough, or on demand.
 *
 * <p>Latency contract: an item is handed on no later than {@code linger} after it came, or {@code
 * patience} while items come faster than they are {@linkplain #serves served}, give or take the
 * interval at which {@link #tick} is called and the time that batches before it take. While items
 * come that fast, more of them wait than a batch can hold: a full batch is what makes up for it,
 * and one cut short adds to it. Time is passed in, in nanoseconds of any clock that never goes
 * back.
 *
 * <p>Order is kept: batches leave in the order in which items came, and so do the items of one
 * batch.
 *
 * <p>Not for use by several threads: each stream thread has its own.
 */
public final class MicroBatcher<T> {

  private final int maxSize;
  private final long maxWeight;
  private final long lingerNanos;
  private final long patienceNanos;
  private final Consumer<List<T>> run;

  /**
   * Items not yet handed on; replaced, never cleared, so that a batch under way keeps its own list.
   */
  private List<T> buffer = new ArrayList<>();

  /** Equal to the sum of the weights of the items in {@code buffer}. */
  private long weight;

  /**
   * When the first item came, forgotten ones included; meaningless while {@code buffer} is empty.
   */
  private long oldestNanos;

  /** When the last item came. */
  private long newestNanos;

  /** Time between the last two items. */
  private long gapNanos;

  private long servedInNanos;

  /**
   * @param maxSize greatest number of items in a batch, at least 1
   * @param maxWeight weight at which a batch is full, at least 1; one heavy item may exceed it
   * @param linger how long an item may wait for others, not negative
   * @param patience how long it may wait while items come fast, at least the linger
   * @param run takes one batch; if it throws, that batch is gone from here: the owner must not
   *     commit it
   */
  public MicroBatcher(
      int maxSize, long maxWeight, Duration linger, Duration patience, Consumer<List<T>> run) {
    if (maxSize < 1) {
      throw new IllegalArgumentException("maxSize is " + maxSize + ", must be at least 1");
    }
    if (maxWeight < 1) {
      throw new IllegalArgumentException("maxWeight is " + maxWeight + ", must be at least 1");
    }
    if (linger.isNegative()) {
      throw new IllegalArgumentException("linger is " + linger + ", must not be negative");
    }
    if (patience.compareTo(linger) < 0) {
      throw new IllegalArgumentException(
          "patience is " + patience + ", must be at least the linger, " + linger);
    }
    this.maxSize = maxSize;
    this.maxWeight = maxWeight;
    this.lingerNanos = linger.toNanos();
    this.patienceNanos = patience.toNanos();
    this.run = run;
  }

  /**
   * Takes an item, and hands a batch on if that makes it full or the oldest item is due.
   *
   * <p>The deadline is looked at here as well as in {@link #tick}, because a busy stream thread
   * processes records for long stretches without punctuating.
   */
  public void add(T item, long itemWeight, long nowNanos) {
    if (buffer.isEmpty()) {
      oldestNanos = nowNanos;
      newestNanos = nowNanos;
    }
    gapNanos = nowNanos - newestNanos;
    newestNanos = nowNanos;
    buffer.add(item);
    weight += itemWeight;
    if (buffer.size() >= maxSize || weight >= maxWeight || due(nowNanos)) {
      drain();
    }
  }

  /** Hands the batch on if its oldest item is due. */
  public void tick(long nowNanos) {
    if (!buffer.isEmpty() && due(nowNanos)) {
      drain();
    }
  }

  /** Hands on whatever is there. Afterwards the batcher is empty, also if {@code run} throws. */
  public void drain() {
    if (buffer.isEmpty()) {
      return;
    }
    List<T> batch = buffer;
    drop(); // before the run: whatever it does or throws, nothing is handed on twice
    run.accept(batch);
  }

  /** Forgets whatever is there, without handing it on. */
  public void drop() {
    buffer = new ArrayList<>();
    weight = 0;
  }

  /**
   * Forgets some of what is there; the others keep their order and the time since which they wait.
   *
   * @param which whether an item goes
   * @param weightOf what it weighs, as it was added
   */
  public void dropIf(Predicate<T> which, ToLongFunction<T> weightOf) {
    for (T item : buffer) {
      if (which.test(item)) {
        weight -= weightOf.applyAsLong(item);
      }
    }
    buffer.removeIf(which);
  }

  /** Says how long a batch took for each of its items. */
  public void serves(long nanosAnItem) {
    servedInNanos = nanosAnItem;
  }

  /** Number of items waiting. */
  public int size() {
    return buffer.size();
  }

  /** Number of items, of the average weight of those that wait, that would make the batch full. */
  public int room() {
    if (buffer.isEmpty()) {
      return maxSize;
    }
    long byWeight = (maxWeight - weight) * buffer.size() / Math.max(1, weight);
    return (int) Math.min(maxSize - buffer.size(), byWeight);
  }

  private boolean due(long nowNanos) {
    boolean fast = Math.max(gapNanos, nowNanos - newestNanos) < servedInNanos;
    return nowNanos - oldestNanos >= (fast ? patienceNanos : lingerNanos);
  }
}

package org.nightglass.serve;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out a moment ago, so that ten screens that show the same night cost no more than
 * one. Not for what a person has just changed and looks for.
 *
 * <p>Safe for use by several threads; the same thing is not worked out by two at a time.
 *
 * @param <T> what is worked out; shared, not to be changed
 */
final class Recent<T> {
  private static final int MOST = 100;

  private final long keptNanos;
  private final LongSupplier nanoClock;

  /** Guarded by itself; oldest first. */
  private final Map<String, Made<T>> made = new LinkedHashMap<>();

  private static final class Made<T> {
    private final long sinceNanos;
    private final Supplier<T> work;
    private @Nullable T value;

    Made(long sinceNanos, Supplier<T> work) {
      this.sinceNanos = sinceNanos;
      this.work = work;
    }

    synchronized T get() {
      T there = value;
      if (there == null) {
        there = work.get();
        value = there;
      }
      return there;
    }
  }

  /**
   * @param kept how long it may be shown again
   * @param nanoClock for instance {@code System::nanoTime}
   */
  Recent(Duration kept, LongSupplier nanoClock) {
    this.keptNanos = kept.toNanos();
    this.nanoClock = nanoClock;
  }

  /** What belongs to a key: as worked out a moment ago, or worked out now. */
  T get(String key, Supplier<T> work) {
    Made<T> found;
    synchronized (made) {
      long now = nanoClock.getAsLong();
      found = made.get(key);
      if (found == null || now - found.sinceNanos > keptNanos) {
        found = new Made<>(now, work);
        made.remove(key); // so that it goes to the end
        made.put(key, found);
        Iterator<Made<T>> oldest = made.values().iterator();
        while (made.size() > MOST) {
          oldest.next();
          oldest.remove();
        }
      }
    }
    return found.get();
  }
}

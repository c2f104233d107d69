package org.nightglass.serve.read;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The latest events, numbered from 1, as many as fit a limit in bytes. Listeners keep their own
 * place in it: one that falls behind loses events and is told so, and costs neither memory nor the
 * others' time.
 */
public final class EventLog {
  /** What an event weighs besides its data. */
  private static final int OVERHEAD_BYTES = 100;

  private final long mostBytes;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@link #lock}, as all below. */
  private final Deque<Event> events = new ArrayDeque<>();

  /** Number of the last event ever added. */
  private long last;

  /** Equal to the sum of the weights of {@code events}. */
  private long bytes;

  private boolean closed;

  /**
   * @param mostBytes data of events kept for listeners that come back or fall behind
   */
  public EventLog(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * What a listener gets.
   *
   * @param missed whether events between its place and these are gone
   * @param events in order; empty if nothing came in time
   * @param last its place after these
   * @param closed whether nothing will come any more
   */
  public record Batch(boolean missed, List<Event> events, long last, boolean closed) {}

  void add(List<Event> added) {
    if (added.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (Event event : added) {
        events.addLast(event);
        bytes += weight(event);
        last++;
      }
      while (bytes > mostBytes && events.size() > 1) {
        bytes -= weight(events.removeFirst());
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private static long weight(Event event) {
    return event.data().length + OVERHEAD_BYTES;
  }

  /** Number of the last event. */
  public long last() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** Whether a listener that has seen event {@code place} can go on without a gap. */
  public boolean holdsAfter(long place) {
    lock.lock();
    try {
      return place >= last - events.size() && place <= last;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for events.
   *
   * @param place number of the last event that the listener has seen
   * @param most greatest number of events to take at once
   * @param wait how long to wait for the first
   */
  public Batch after(long place, int most, Duration wait) throws InterruptedException {
    lock.lock();
    try {
      long nanos = wait.toNanos();
      while (last <= place && !closed && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      long oldest = last - events.size() + 1;
      boolean missed = place + 1 < oldest;
      List<Event> taken = new ArrayList<>();
      long skip = missed ? 0 : place + 1 - oldest;
      Iterator<Event> each = events.iterator();
      for (long i = 0; each.hasNext() && taken.size() < most; i++) {
        Event event = each.next();
        if (i >= skip) {
          taken.add(event);
        }
      }
      long now = (missed ? oldest - 1 : place) + taken.size();
      return new Batch(missed, taken, now, closed);
    } finally {
      lock.unlock();
    }
  }

  /** Lets every listener go. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}

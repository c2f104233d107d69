package org.nightglass.topology;

import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Asks for commits at the pace of what passes. A stage hands on by committing, and a commit of many
 * small partitions is dear: so a stage may add a tenth to the time that a record has been on its
 * way since it came in, but not less than the shortest interval, nor more than the longest. What is
 * fresh goes on at once; a backlog, to which seconds make no difference, is not slowed down by ten
 * transactions a second.
 *
 * <p>A record's timestamp is when what it tells of came in: of a spectrum's result, when the broker
 * took the spectrum. The tasks of a thread commit together, so they share its pace.
 *
 * @param <V> whatever passes
 */
final class CommitPace<V> implements ProcessorSupplier<String, V, String, V> {
  /** The longest interval, unless the shortest is longer. */
  private static final Duration LONGEST = Duration.ofSeconds(3);

  private static final int SHARE = 10;

  private final OfThreads threads;
  private final Clock clock;
  private final boolean leaving;

  /** The paces of all threads, which all stages of a topology share. */
  static final class OfThreads {
    private final long shortestMs;
    private final long longestMs;
    private final ThreadLocal<Long> dueMs = ThreadLocal.withInitial(() -> Long.MAX_VALUE);

    /** How long what came in last may wait. */
    private final ThreadLocal<Long> waitMs;

    /**
     * @param shortest least time between two commits
     */
    OfThreads(Duration shortest) {
      shortestMs = shortest.toMillis();
      longestMs = longest(shortest).toMillis();
      waitMs = ThreadLocal.withInitial(() -> shortestMs);
    }

    private void took(long sinceMs, long nowMs) {
      long share = (nowMs - sinceMs) / SHARE;
      waitMs.set(Math.max(shortestMs, Math.min(longestMs, share)));
      gave(nowMs);
    }

    private void gave(long nowMs) {
      dueMs.set(Math.min(dueMs.get(), nowMs + waitMs.get()));
    }

    /** Whether a commit is due. Also where nothing comes or goes: timers change counters, too. */
    private boolean due(long nowMs) {
      if (nowMs < dueMs.get()) {
        return false;
      }
      dueMs.set(nowMs + longestMs);
      return true;
    }
  }

  private CommitPace(OfThreads threads, Clock clock, boolean leaving) {
    this.threads = threads;
    this.clock = clock;
    this.leaving = leaving;
  }

  /**
   * The longest time between two commits.
   *
   * @param shortest the least
   */
  static Duration longest(Duration shortest) {
    return shortest.compareTo(LONGEST) > 0 ? shortest : LONGEST;
  }

  /** For what a stage takes in. */
  static <V> CommitPace<V> arriving(OfThreads threads, Clock clock) {
    return new CommitPace<>(threads, clock, /* leaving= */ false);
  }

  /**
   * For what is told. It may come long after what it tells of, when its interval is over, and may
   * then wait as long as what the thread takes in at the time.
   */
  static <V> CommitPace<V> leaving(OfThreads threads, Clock clock) {
    return new CommitPace<>(threads, clock, /* leaving= */ true);
  }

  @Override
  public Processor<String, V, String, V> get() {
    return new Watch();
  }

  private final class Watch implements Processor<String, V, String, V> {

    @SuppressWarnings("NullAway.Init") // set by Streams, in init
    private ProcessorContext<String, V> context;

    @Override
    public void init(ProcessorContext<String, V> processorContext) {
      context = processorContext;
      context.schedule(
          Duration.ofMillis(Math.max(10, threads.shortestMs / 2)),
          PunctuationType.WALL_CLOCK_TIME,
          unused -> commitIfDue(clock.millis()));
    }

    @Override
    public void process(Record<String, V> record) {
      long now = clock.millis();
      if (leaving) {
        threads.gave(now);
      } else {
        threads.took(record.timestamp(), now);
      }
      context.forward(record);
      commitIfDue(now);
    }

    private void commitIfDue(long now) {
      if (threads.due(now)) {
        context.commit();
      }
    }
  }
}

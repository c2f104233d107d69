package org.nightglass.batch;

import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.nightglass.batch.BatchProcessor.Routed;
import org.nightglass.batch.BatchProcessor.Settings;

/**
 * The batches of one topology: all tasks of a stream thread fill one together.
 *
 * <p>With a batch for each task, a thread that has several of them gathers for all at a time, so
 * that each is overdue before it is full, and the model gets many small batches instead of few full
 * ones. A thread works on one task at a time and commits all of its tasks together; whichever task
 * is told first to hand on what it holds, hands on everything that the thread holds, before the
 * offsets of any of them are collected.
 *
 * <p>Safe for use by several threads, each of which sees only its own batch.
 *
 * @param <K> key, passed through
 * @param <I> what comes in
 * @param <O> what goes out
 */
final class SharedBatches<K, I, O> {

  /**
   * A record that waits.
   *
   * @param owner the processor that took it
   * @param context the owner's: where the record leaves again
   */
  private record Held<K, I, O>(
      BatchProcessor<K, I, O> owner,
      ProcessorContext<K, O> context,
      Record<K, I> record,
      DrainOnCommitStore.Origin origin,
      long sinceNanos) {

    K key() {
      return record.key();
    }

    I value() {
      return record.value();
    }

    Headers headers() {
      return record.headers();
    }
  }

  /** How many lingers a record may wait while records come faster than the model takes them. */
  private static final int PATIENCE_LINGERS = 5;

  /** Commit intervals after which a commit waits for no batch to end. */
  private static final double OVERDUE = 1.5;

  /**
   * By what part of itself what is reckoned with falls from one batch or commit to the next:
   * slowly, since a batch cut a few records early costs less than another of a few.
   */
  private static final int FORGOTTEN = 8;

  /** No larger part of a batch is given up for the commit to come in time. */
  private static final int MOST_LATE = 4;

  private final Settings settings;
  private final Function<List<I>, List<Routed<O>>> function;
  private final ToLongFunction<I> bytes;
  private final LongSupplier nanoClock;
  private final BatchWatcher watcher;
  private final ThreadLocal<OfThread> ofThread = ThreadLocal.withInitial(OfThread::new);

  /** What a thread holds. */
  private final class OfThread {
    final MicroBatcher<Held<K, I, O>> batcher =
        new MicroBatcher<>(
            settings.maxSize(),
            settings.maxBytes(),
            settings.linger(),
            settings.linger().multipliedBy(PATIENCE_LINGERS),
            batch -> run(batch, this));
    long committedNanos = nanoClock.getAsLong();
    boolean committing;

    /** Whether a commit has been asked for that has not come yet. */
    boolean asked;

    /** Records that have come since it was first asked for. */
    int sinceAsked;

    /** How many come before a commit that is asked for, by the last ones. */
    int late;

    /** How long a batch takes, by the last ones: by the longest, since commits make small ones. */
    long tookNanos;

    boolean commitIsDue() {
      return sinceCommit() >= settings.commitAfter().toNanos();
    }

    boolean commitWillBeDue() {
      return sinceCommit() + tookNanos >= settings.commitAfter().toNanos();
    }

    boolean commitIsOverdue() {
      return sinceCommit() >= OVERDUE * settings.commitAfter().toNanos();
    }

    private long sinceCommit() {
      return nanoClock.getAsLong() - committedNanos;
    }

    void ask(ProcessorContext<K, O> context) {
      context.commit(); // of all tasks of the thread
      if (!asked) {
        asked = true;
        sinceAsked = 0;
      }
    }

    void committed() {
      committedNanos = nanoClock.getAsLong();
      if (asked) {
        int remembered = late - (late + FORGOTTEN - 1) / FORGOTTEN;
        late = Math.min(settings.maxSize() / MOST_LATE, Math.max(sinceAsked, remembered));
        asked = false;
      }
    }
  }

  SharedBatches(
      Settings settings,
      Function<List<I>, List<Routed<O>>> function,
      ToLongFunction<I> bytes,
      LongSupplier nanoClock,
      BatchWatcher watcher) {
    this.settings = settings;
    this.function = function;
    this.bytes = bytes;
    this.nanoClock = nanoClock;
    this.watcher = watcher;
  }

  Settings settings() {
    return settings;
  }

  /**
   * Takes a record that {@code owner} is processing.
   *
   * <p>A commit that will be due by the time the batch has run ends it: it is asked for shortly
   * before the batch is full, since Kafka Streams works off some more records before it commits.
   * Asked for after the batch, it would make another of those few.
   */
  void add(BatchProcessor<K, I, O> owner, ProcessorContext<K, O> context, Record<K, I> record) {
    long now = nanoClock.getAsLong();
    DrainOnCommitStore.Origin origin = DrainOnCommitStore.Origin.of(context);
    OfThread own = ofThread.get();
    own.sinceAsked++;
    own.batcher.add(
        new Held<>(owner, context, record, origin, now), bytes.applyAsLong(record.value()), now);
    if (!own.asked && own.batcher.room() <= own.late && own.commitWillBeDue()) {
      own.ask(context);
    }
  }

  /**
   * Hands this thread's batch on if its oldest record is due, and asks for a commit if no batch
   * has.
   *
   * @param context of one of the thread's tasks
   */
  void tick(ProcessorContext<K, O> context) {
    OfThread own = ofThread.get();
    own.batcher.tick(nanoClock.getAsLong());
    if (own.commitIsOverdue()) { // also where a task was asked that has gone since
      own.ask(context);
    }
  }

  /** Hands on whatever this thread holds, of whichever task, since one of them commits. */
  void drain() {
    OfThread own = ofThread.get();
    own.committing = true;
    try {
      own.batcher.drain();
    } finally {
      own.committing = false;
    }
    own.committed();
  }

  /** Forgets what {@code owner} has given, and nothing else. */
  void drop(BatchProcessor<K, I, O> owner) {
    ofThread
        .get()
        .batcher
        .dropIf(held -> held.owner() == owner, held -> bytes.applyAsLong(held.value()));
  }

  private void run(List<Held<K, I, O>> batch, OfThread own) {
    long began = nanoClock.getAsLong();
    List<Routed<O>> routes = function.apply(batch.stream().map(Held::value).toList());
    long took = nanoClock.getAsLong() - began;
    own.batcher.serves(took / batch.size());
    own.tookNanos = Math.max(took, own.tookNanos - own.tookNanos / FORGOTTEN);
    watcher.ran(batch.size(), began - batch.get(0).sinceNanos(), took);
    if (routes.size() != batch.size()) {
      throw new IllegalStateException(
          "[" + routes.size() + "/" + batch.size() + "] records routed of a batch");
    }
    for (int i = 0; i < batch.size(); i++) {
      Held<K, I, O> held = batch.get(i);
      Routed<O> route = routes.get(i);
      Record<K, O> out =
          new Record<>(held.key(), route.value(), held.record().timestamp(), held.headers());
      held.origin().run(() -> held.context().forward(out, route.child()));
    }
    if (!own.committing && own.commitIsDue()) {
      own.ask(batch.get(0).context());
    }
  }
}

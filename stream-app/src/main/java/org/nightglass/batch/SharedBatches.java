package org.nightglass.batch;

import java.time.Clock;
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

  /** How many lingers a record may wait while records come late. */
  private static final int PATIENCE_LINGERS = 5;

  private final Settings settings;
  private final Function<List<I>, List<Routed<O>>> function;
  private final ToLongFunction<I> bytes;
  private final LongSupplier nanoClock;
  private final Clock clock;
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
  }

  SharedBatches(
      Settings settings,
      Function<List<I>, List<Routed<O>>> function,
      ToLongFunction<I> bytes,
      LongSupplier nanoClock,
      Clock clock,
      BatchWatcher watcher) {
    this.settings = settings;
    this.function = function;
    this.bytes = bytes;
    this.nanoClock = nanoClock;
    this.clock = clock;
    this.watcher = watcher;
  }

  Settings settings() {
    return settings;
  }

  /** Takes a record that {@code owner} is processing. */
  void add(BatchProcessor<K, I, O> owner, ProcessorContext<K, O> context, Record<K, I> record) {
    long now = nanoClock.getAsLong();
    DrainOnCommitStore.Origin origin = DrainOnCommitStore.Origin.of(context);
    ofThread
        .get()
        .batcher
        .add(
            new Held<>(owner, context, record, origin, now),
            bytes.applyAsLong(record.value()),
            isLate(record.timestamp()),
            now);
  }

  /** Whether a record lay in Kafka for longer than it would wait here: then more lie there. */
  private boolean isLate(long timestamp) {
    return clock.millis() - timestamp > settings.linger().toMillis();
  }

  /** Hands this thread's batch on if its oldest record is due. */
  void tick() {
    ofThread.get().batcher.tick(nanoClock.getAsLong());
  }

  /** Hands on whatever this thread holds, of whichever task, since one of them commits. */
  void drain() {
    OfThread own = ofThread.get();
    own.committedNanos = nanoClock.getAsLong();
    own.batcher.drain();
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
    watcher.ran(batch.size(), began - batch.get(0).sinceNanos(), nanoClock.getAsLong() - began);
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
    if (nanoClock.getAsLong() - own.committedNanos >= settings.commitAfter().toNanos()) {
      batch.get(0).context().commit(); // of all tasks of the thread, while nothing waits
    }
  }
}

package org.nightglass.batch;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs records through a function of many at once.
 *
 * <p>One instance a task; the tasks of a thread fill one batch together ({@link SharedBatches}).
 * Records leave in the order in which they came, each from its own task with its own timestamp and
 * headers, to the child that its outcome names.
 *
 * @param <K> key, passed through
 * @param <I> what comes in
 * @param <O> what goes out
 */
public final class BatchProcessor<K, I, O> implements Processor<K, I, K, O> {

  /**
   * How records are batched.
   *
   * @param store name of the {@link DrainOnCommitStore} attached to the processor
   * @param maxSize greatest number of records in a batch
   * @param maxBytes bytes of records at which a batch is full: what a thread may hold back
   * @param linger how long a record may wait for others; five times as long while records come that
   *     lay in Kafka for longer than that
   * @param commitAfter since the last commit: the next batch ends with one; where none ends, there
   *     is one after half as much again. Kafka Streams' own commits cut batches short, so its
   *     interval should be much longer
   */
  public record Settings(
      String store, int maxSize, long maxBytes, Duration linger, Duration commitAfter) {}

  /**
   * Where a record goes, and as what.
   *
   * @param child name of the child node
   * @param value what goes there
   */
  public record Routed<O>(String child, O value) {}

  private final SharedBatches<K, I, O> batches;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<K, O> context;

  private BatchProcessor(SharedBatches<K, I, O> batches) {
    this.batches = batches;
  }

  /**
   * Supplies the processors of one topology, whose tasks share their thread's batch.
   *
   * @param settings how records are batched
   * @param function routes each record of a batch, in order; if it throws, the thread stops and the
   *     records come again
   * @param bytes how much a record weighs
   * @param nanoClock for instance {@code System::nanoTime}
   * @param watcher is told of every batch
   */
  public static <K, I, O> ProcessorSupplier<K, I, K, O> supplier(
      Settings settings,
      Function<List<I>, List<Routed<O>>> function,
      ToLongFunction<I> bytes,
      LongSupplier nanoClock,
      BatchWatcher watcher) {
    SharedBatches<K, I, O> batches =
        new SharedBatches<>(settings, function, bytes, nanoClock, watcher);
    return () -> new BatchProcessor<>(batches);
  }

  @Override
  public void init(ProcessorContext<K, O> processorContext) {
    context = processorContext;
    DrainOnCommitStore store = context.getStateStore(batches.settings().store());
    store.register(
        new DrainOnCommitStore.Client() {
          @Override
          public void drain() {
            batches.drain();
          }

          @Override
          public void drop() {
            batches.drop(BatchProcessor.this);
          }
        });
    context.schedule(
        tickInterval(batches.settings().linger()),
        PunctuationType.WALL_CLOCK_TIME,
        timestamp -> batches.tick(context));
  }

  @Override
  public void process(Record<K, I> record) {
    batches.add(this, context, record);
  }

  /** Half the linger, so that a record waits half of one more at most; at least a millisecond. */
  private static Duration tickInterval(Duration linger) {
    return Duration.ofMillis(Math.max(1, linger.toMillis() / 2));
  }
}

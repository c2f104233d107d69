package org.nightglass.batch;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Runs records through a function of many at once.
 *
 * <p>One instance a task. Records leave in the order in which they came, each with its own
 * timestamp and headers, to the child that its outcome names.
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
   * @param maxBytes bytes of records at which a batch is full: what a task may hold back
   * @param linger how long a record may wait for others
   */
  public record Settings(String store, int maxSize, long maxBytes, Duration linger) {}

  /**
   * Where a record goes, and as what.
   *
   * @param child name of the child node
   * @param value what goes there
   */
  public record Routed<O>(String child, O value) {}

  private record Held<K, I>(
      K key,
      I value,
      long timestamp,
      Headers headers,
      DrainOnCommitStore.Origin origin,
      long sinceNanos) {}

  private final Settings settings;
  private final Function<List<I>, List<Routed<O>>> function;
  private final ToLongFunction<I> bytes;
  private final LongSupplier nanoClock;
  private final BatchWatcher watcher;
  private final MicroBatcher<Held<K, I>> batcher;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<K, O> context;

  /**
   * @param settings how records are batched
   * @param function routes each record of a batch, in order; if it throws, the task stops and the
   *     records come again
   * @param bytes how much a record weighs
   * @param nanoClock for instance {@code System::nanoTime}
   * @param watcher is told of every batch
   */
  public BatchProcessor(
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
    this.batcher =
        new MicroBatcher<>(settings.maxSize(), settings.maxBytes(), settings.linger(), this::run);
  }

  @Override
  public void init(ProcessorContext<K, O> processorContext) {
    context = processorContext;
    DrainOnCommitStore store = context.getStateStore(settings.store());
    store.register(
        new DrainOnCommitStore.Client() {
          @Override
          public void drain() {
            batcher.drain();
          }

          @Override
          public void drop() {
            batcher.drop();
          }
        });
    context.schedule(
        tickInterval(settings.linger()),
        PunctuationType.WALL_CLOCK_TIME,
        timestamp -> batcher.tick(nanoClock.getAsLong()));
  }

  @Override
  public void process(Record<K, I> record) {
    long now = nanoClock.getAsLong();
    batcher.add(
        new Held<>(
            record.key(),
            record.value(),
            record.timestamp(),
            record.headers(),
            DrainOnCommitStore.Origin.of(context),
            now),
        bytes.applyAsLong(record.value()),
        now);
  }

  private void run(List<Held<K, I>> batch) {
    long began = nanoClock.getAsLong();
    List<Routed<O>> routes = function.apply(batch.stream().map(Held::value).toList());
    watcher.ran(batch.size(), began - batch.get(0).sinceNanos(), nanoClock.getAsLong() - began);
    if (routes.size() != batch.size()) {
      throw new IllegalStateException(
          "[" + routes.size() + "/" + batch.size() + "] records routed of a batch");
    }
    for (int i = 0; i < batch.size(); i++) {
      Held<K, I> held = batch.get(i);
      Routed<O> route = routes.get(i);
      held.origin()
          .run(
              () ->
                  context.forward(
                      new Record<>(held.key(), route.value(), held.timestamp(), held.headers()),
                      route.child()));
    }
  }

  /** Half the linger, so that no record waits more than one and a half; at least a millisecond. */
  private static Duration tickInterval(Duration linger) {
    return Duration.ofMillis(Math.max(1, linger.toMillis() / 2));
  }
}

package org.nightglass.batch;

import java.util.Map;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.processor.internals.ProcessorRecordContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store that stores nothing: it is there so that Kafka Streams tells a processor, before every
 * commit, to hand on what it holds back.
 *
 * <p><b>This class uses internal interfaces of Kafka Streams</b>, all of them here and nowhere
 * else, and Kafka's version is pinned for it. Streams commits on its own schedule, and offers no
 * public hook between "no more records before this commit" and "collect the offsets": a commit with
 * spectra still in the buffer loses them in a crash. Stores that implement {@code CachedStateStore}
 * have that hook, since a cache must be emptied downstream before its offsets are committed: {@code
 * StreamTask.prepareCommit} calls {@link #flushCache()} first, then flushes the producer, then
 * collects offsets.
 *
 * <p>Rejected, with what was measured on 20,000 trickled records and {@code kill -9}
 * (docs/decisions): a buffer with a punctuator alone lost 369; draining in the public {@link
 * StateStore#commit(Map)} lost 8, because that runs after the offsets are committed; a producer
 * that lowers the committed offsets loses none but sits deeper in the internals still.
 *
 * <p>Nothing is logged to a changelog: what is in the buffer has not been committed, so the input
 * topic still has it.
 *
 * <p>Belongs to one task and is used by whichever thread works on that task, one at a time.
 */
public final class DrainOnCommitStore implements StateStore, CachedStateStore<Object, Object> {

  private final String name;
  private @Nullable Client client;
  private boolean open;

  private DrainOnCommitStore(String name) {
    this.name = name;
  }

  /** The processor whose buffer hangs on this store's commits. */
  public interface Client {
    /** Hands everything on; called before the task's offsets are collected. */
    void drain();

    /** Forgets everything; the records will be read again. */
    void drop();
  }

  /** Registers the processor, in its {@code init}. A task that is resumed registers anew. */
  public void register(Client newClient) {
    client = newClient;
  }

  @Override
  public void flushCache() {
    if (client != null) {
      client.drain();
    }
  }

  @Override
  public void clearCache() {
    if (client != null) {
      client.drop();
    }
  }

  @Override
  public boolean setFlushListener(
      CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> {});
    open = true;
  }

  @Override
  public void close() {
    clearCache(); // a task that closes dirty has not committed: its records come again
    client = null;
    open = false;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  /** Makes one store a task. */
  public static StoreBuilder<DrainOnCommitStore> builder(String name) {
    return new Builder(name);
  }

  /**
   * The record and the node in whose name a processor forwards later.
   *
   * <p>While a task commits there is no current node, and while it punctuates there is no current
   * record; but a record that is forwarded needs both, to find its children and to give its sinks
   * the headers and the timestamp.
   */
  public interface Origin {
    /** Where {@code context} stands now; to be called in {@code process} or a punctuator. */
    static Origin of(ProcessorContext<?, ?> context) {
      return context instanceof InternalProcessorContext<?, ?> internal
          ? new Inside(internal, internal.currentNode(), internal.recordContext())
          : Runnable::run; // Kafka's own context for tests has no nodes
    }

    /** Runs {@code forward} as if the record were being processed, and puts everything back. */
    void run(Runnable forward);
  }

  /** A place inside Kafka Streams. */
  private record Inside(
      InternalProcessorContext<?, ?> context,
      ProcessorNode<?, ?, ?, ?> node,
      ProcessorRecordContext record)
      implements Origin {

    @Override
    public void run(Runnable forward) {
      ProcessorNode<?, ?, ?, ?> nodeBefore = context.currentNode();
      ProcessorRecordContext recordBefore = context.recordContext();
      context.setCurrentNode(node);
      context.setRecordContext(record);
      try {
        forward.run();
      } finally {
        context.setCurrentNode(nodeBefore);
        context.setRecordContext(recordBefore);
      }
    }
  }

  private static final class Builder implements StoreBuilder<DrainOnCommitStore> {
    private final String name;

    Builder(String name) {
      this.name = name;
    }

    @Override
    public DrainOnCommitStore build() {
      return new DrainOnCommitStore(name);
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Map<String, String> logConfig() {
      return Map.of();
    }

    @Override
    public boolean loggingEnabled() {
      return false;
    }

    @Override
    public StoreBuilder<DrainOnCommitStore> withCachingEnabled() {
      throw new UnsupportedOperationException("there is nothing to cache");
    }

    @Override
    public StoreBuilder<DrainOnCommitStore> withCachingDisabled() {
      return this;
    }

    @Override
    public StoreBuilder<DrainOnCommitStore> withLoggingEnabled(Map<String, String> config) {
      throw new UnsupportedOperationException("there is nothing to log");
    }

    @Override
    public StoreBuilder<DrainOnCommitStore> withLoggingDisabled() {
      return this;
    }
  }
}

package org.nightglass.batch;

/** Is told of every batch that was run; called by the stream threads, and must not hold them up. */
public interface BatchWatcher {
  /** Looks away. */
  BatchWatcher NONE = (size, waitedNanos, tookNanos) -> {};

  /**
   * @param size records in the batch
   * @param waitedNanos how long the oldest of them waited for others
   * @param tookNanos how long the batch took, waiting for its turn included
   */
  void ran(int size, long waitedNanos, long tookNanos);
}

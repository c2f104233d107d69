package org.nightglass.infer;

/**
 * How TensorFlow runs a bundle.
 *
 * <p>TensorFlow has one pool of threads a process: the first engine of a process decides, later
 * ones share its pools.
 *
 * @param intraOpThreads threads that share one operation; 0 = one a core
 * @param interOpThreads operations run at the same time; 0 = one a core
 * @param device where the networks run
 * @param precision of the networks' products
 */
public record EngineOptions(
    int intraOpThreads, int interOpThreads, DeviceChoice device, Precision precision) {

  /**
   * One thread an operation and two operations at a time: the best rate of small batches where
   * several threads share the engine.
   */
  public static final EngineOptions DEFAULT =
      new EngineOptions(1, 2, DeviceChoice.AUTO, Precision.AUTO);

  public EngineOptions {
    if (intraOpThreads < 0 || interOpThreads < 0) {
      throw new IllegalArgumentException(
          "threads must be 0 or more: intra-op %d, inter-op %d"
              .formatted(intraOpThreads, interOpThreads));
    }
  }

  /**
   * Every core for one operation at a time: the best where a single caller waits for each batch.
   */
  public static EngineOptions forOneCaller() {
    int cores = Runtime.getRuntime().availableProcessors();
    return new EngineOptions(cores, 1, DEFAULT.device, DEFAULT.precision);
  }

  /** The same with another precision. */
  public EngineOptions with(Precision other) {
    return new EngineOptions(intraOpThreads, interOpThreads, device, other);
  }
}

package org.nightglass.infer;

/**
 * What an engine has done since it was opened.
 *
 * @param runs runs of TensorFlow sessions
 * @param rows rows that they saw, padding included
 * @param nativeBytes native memory that the bindings hold now, of the whole process
 */
public record EngineStatistics(long runs, long rows, long nativeBytes) {
  /** Of a model that does not run in TensorFlow. */
  public static final EngineStatistics NONE = new EngineStatistics(0, 0, 0);
}

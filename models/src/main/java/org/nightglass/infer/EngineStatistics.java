package org.nightglass.infer;

import java.util.List;

/**
 * What an engine has done since it was opened.
 *
 * @param runs runs of TensorFlow sessions
 * @param rows rows that they saw, padding included
 * @param asked how many rows of these were no padding, of the classifier and of each ensemble in
 *     the card's order
 * @param nativeBytes native memory that the bindings hold now, of the whole process
 */
public record EngineStatistics(long runs, long rows, List<Long> asked, long nativeBytes) {
  /** Of a model that does not run in TensorFlow. */
  public static final EngineStatistics NONE = new EngineStatistics(0, 0, List.of(), 0);
}

package org.nightglass.train;

/** Where a training's batches come from. The same step always gives the same batch. */
interface BatchSource {

  /**
   * Writes a batch.
   *
   * @param step counted from 0
   * @param n spectra in the batch
   * @param spectra out: {@code [n, pixels, channels]}
   * @param targets out: {@code [n, outputs]}
   */
  void fill(long step, int n, float[] spectra, float[] targets);
}

package org.nightglass.train;

/**
 * A network, or an ensemble of them, whose weights are fixed. Owns native memory; whoever made it
 * closes it.
 */
interface FixedNetwork extends AutoCloseable {

  /** Numbers out for each spectrum. */
  int size();

  /**
   * Runs it.
   *
   * @param n number of spectra
   * @param batch {@code [n, pixels, channels]}; what is behind is not read
   * @return {@code [n, size()]}
   */
  float[] run(int n, float[] batch);

  @Override
  void close();
}

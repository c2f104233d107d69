package org.nightglass.train;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Batches whose spectra are made when the first is asked for: a training that finds its checkpoint
 * finished needs none. For one thread.
 */
final class LazyBatches implements BatchSource {
  private final Supplier<BatchSource> maker;
  private @Nullable BatchSource made;

  LazyBatches(Supplier<BatchSource> maker) {
    this.maker = maker;
  }

  @Override
  public void fill(long step, int n, float[] spectra, float[] targets) {
    BatchSource batches = made == null ? maker.get() : made;
    made = batches;
    batches.fill(step, n, spectra, targets);
  }
}

package org.nightglass.train;

import java.util.List;
import java.util.SplittableRandom;
import org.nightglass.simulate.Seeds;
import org.nightglass.simulate.SourceClass;

/**
 * Batches for the classifier: every class as often as any other, and a few fibres on empty sky,
 * whose target is "no class more than another": so the network learns to be uncertain of them.
 */
final class ClassifierBatches implements BatchSource {
  static final double SKY_SHARE = 0.05;

  private final List<SamplePool> pools;
  private final SamplePool sky;
  private final long seed;

  /**
   * @param pools one a class, in the order of the outputs
   */
  ClassifierBatches(List<SamplePool> pools, SamplePool sky, long seed) {
    this.pools = List.copyOf(pools);
    this.sky = sky;
    this.seed = seed;
  }

  @Override
  public void fill(long step, int n, float[] spectra, float[] targets) {
    SplittableRandom random = Seeds.generator(seed, step);
    int classes = pools.size();
    for (int slot = 0; slot < n; slot++) {
      boolean empty = random.nextDouble() < SKY_SHARE;
      int label = random.nextInt(classes);
      SamplePool pool = empty ? sky : pools.get(label);
      pool.write(random.nextInt(pool.size()), spectra, slot);
      for (int c = 0; c < classes; c++) {
        targets[slot * classes + c] = empty ? 1f / classes : c == label ? 1 : 0;
      }
    }
  }

  /** The classes that Nightglass's own bundles tell apart. */
  static final List<SourceClass> CLASSES =
      List.of(SourceClass.GALAXY, SourceClass.QSO, SourceClass.STAR);
}

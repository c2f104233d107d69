package org.nightglass.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.nightglass.simulate.Seeds;

/**
 * Batches for the redshift networks of one family. A few spectra are no source's; a network of
 * distributions is taught to spread its probability evenly over those.
 */
final class RedshiftBatches implements BatchSource {
  private static final double NEGATIVE_SHARE = 0.05;

  private final SamplePool pool;
  private final SamplePool negatives;
  private final RedshiftTarget target;
  private final long seed;

  RedshiftBatches(SamplePool pool, SamplePool negatives, RedshiftTarget target, long seed) {
    this.pool = pool;
    this.negatives = negatives;
    this.target = target;
    this.seed = seed;
  }

  @Override
  public void fill(long step, int n, float[] spectra, float[] targets) {
    SplittableRandom random = Seeds.generator(seed, step);
    int outputs = target.outputs();
    for (int slot = 0; slot < n; slot++) {
      if (target.spreads() && random.nextDouble() < NEGATIVE_SHARE) {
        negatives.write(random.nextInt(negatives.size()), spectra, slot);
        Arrays.fill(targets, slot * outputs, (slot + 1) * outputs, 1f / outputs);
      } else {
        int index = random.nextInt(pool.size());
        pool.write(index, spectra, slot);
        target.write(pool.z(index), targets, slot * outputs);
      }
    }
  }
}

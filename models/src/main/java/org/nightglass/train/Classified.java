package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a classifier says of held-back spectra, its temperature and its limit for outliers fitted.
 *
 * @param pools the spectra, as {@link Pools#all}
 * @param logits of each pool, one row a spectrum, the last of each row for what is no source
 * @param temperature of the classes' logits
 * @param outlierLimit above it a spectrum counts as no source
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
record Classified(
    List<SamplePool> pools, List<float[][]> logits, double temperature, double outlierLimit) {
  private static final int BATCH = 128;

  static Classified of(FrozenNetwork classifier, Pools heldBack, BundlePlan plan) {
    List<float[][]> logits = new ArrayList<>();
    for (SamplePool pool : heldBack.all()) {
      logits.add(run(classifier, pool, plan.inputSize()));
    }
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Double> outliers = new ArrayList<>();
    int classes = plan.scheme().size();
    for (int p = 0; p < logits.size(); p++) {
      SamplePool pool = heldBack.all().get(p);
      for (int i = 0; i < pool.size(); i++) {
        int[] own = pool.classes(i);
        if (own.length == 1) {
          rows.add(Arrays.copyOf(logits.get(p)[i], classes));
          labels.add(own[0]);
        }
        if (own.length > 0) {
          outliers.add(outlier(logits.get(p)[i]));
        }
      }
    }
    double temperature =
        Calibration.temperature(
            rows.toArray(float[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
    double limit =
        Calibration.outlierLimit(outliers.stream().mapToDouble(Double::doubleValue).toArray());
    return new Classified(heldBack.all(), logits, temperature, limit);
  }

  private static float[][] run(FrozenNetwork classifier, SamplePool pool, int inputSize) {
    float[][] logits = new float[pool.size()][classifier.size()];
    float[] batch = new float[BATCH * inputSize];
    for (int from = 0; from < pool.size(); from += BATCH) {
      int n = Math.min(BATCH, pool.size() - from);
      for (int slot = 0; slot < n; slot++) {
        pool.write(from + slot, batch, slot);
      }
      float[] output = classifier.run(n, batch);
      for (int slot = 0; slot < n; slot++) {
        System.arraycopy(
            output, slot * classifier.size(), logits[from + slot], 0, classifier.size());
      }
    }
    return logits;
  }

  private static double outlier(float[] logits) {
    double[] all = Calibration.softmax(logits, 1);
    return all[all.length - 1];
  }

  /** Probability that a pool's spectrum is no source. */
  double outlier(int pool, int spectrum) {
    return outlier(logits.get(pool)[spectrum]);
  }

  /** Probabilities of the classes of a pool's spectrum, given that it is a source. */
  double[] probabilities(int pool, int spectrum) {
    float[] own = logits.get(pool)[spectrum];
    return Calibration.softmax(Arrays.copyOf(own, own.length - 1), temperature);
  }
}

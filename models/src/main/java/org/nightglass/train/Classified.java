package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.ClassifierKind;

/**
 * What a classifier says of held-back spectra, its temperature and its limit for outliers fitted.
 *
 * @param pools the spectra, as {@link Pools#all}
 * @param logits of each pool, one row a spectrum; behind the classes' there may be one for what is
 *     no source
 * @param classes number of classes
 * @param temperature of the classes' logits
 * @param outlierLimit above it a spectrum counts as no source; null where the classifier does not
 *     tell
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
record Classified(
    List<SamplePool> pools,
    List<float[][]> logits,
    int classes,
    double temperature,
    @Nullable Double outlierLimit) {
  private static final int BATCH = 128;

  /** Stands for a probability of 0, whose logarithm is not finite. */
  private static final double LEAST = 1e-30;

  static Classified of(BundleNetworks networks, Pools heldBack) {
    List<float[][]> logits = new ArrayList<>();
    for (SamplePool pool : heldBack.all()) {
      logits.add(run(networks, pool));
    }
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    List<Double> outliers = new ArrayList<>();
    int classes = networks.scheme().size();
    boolean tells = networks.classifier().size() > classes;
    for (int p = 0; p < logits.size(); p++) {
      SamplePool pool = heldBack.all().get(p);
      for (int i = 0; i < pool.size(); i++) {
        int[] own = pool.classes(i);
        if (own.length == 1) {
          rows.add(Arrays.copyOf(logits.get(p)[i], classes));
          labels.add(own[0]);
        }
        if (own.length > 0 && tells) {
          outliers.add(outlier(logits.get(p)[i]));
        }
      }
    }
    double temperature =
        ClassFit.temperature(
            rows.toArray(float[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
    double limit =
        ClassFit.outlierLimit(outliers.stream().mapToDouble(Double::doubleValue).toArray());
    return new Classified(
        heldBack.all(), logits, classes, temperature, tells ? (Double) limit : null);
  }

  private static float[][] run(BundleNetworks networks, SamplePool pool) {
    FixedNetwork classifier = networks.classifier();
    int inputSize = networks.inputSize();
    float[][] logits = new float[pool.size()][classifier.size()];
    float[] batch = new float[BATCH * inputSize];
    for (int from = 0; from < pool.size(); from += BATCH) {
      int n = Math.min(BATCH, pool.size() - from);
      for (int slot = 0; slot < n; slot++) {
        pool.write(from + slot, batch, slot);
      }
      float[] output = classifier.run(n, batch);
      if (networks.kind() == ClassifierKind.PROBABILITIES) {
        for (int k = 0; k < output.length; k++) {
          output[k] = (float) Math.log(Math.max(LEAST, output[k]));
        }
      }
      for (int slot = 0; slot < n; slot++) {
        System.arraycopy(
            output, slot * classifier.size(), logits[from + slot], 0, classifier.size());
      }
    }
    return logits;
  }

  private static double outlier(float[] logits) {
    double[] all = ClassFit.softmax(logits, 1);
    return all[all.length - 1];
  }

  /** Probability that a pool's spectrum is no source; 0 where the classifier does not tell. */
  double outlier(int pool, int spectrum) {
    return outlierLimit == null ? 0 : outlier(logits.get(pool)[spectrum]);
  }

  /** Probabilities of the classes of a pool's spectrum, given that it is a source. */
  double[] probabilities(int pool, int spectrum) {
    float[] own = logits.get(pool)[spectrum];
    return ClassFit.softmax(Arrays.copyOf(own, classes), temperature);
  }
}

package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.Inference;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

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

  /** Runs on each spectrum the ensemble of the family that was found. */
  List<Verdict> verdicts(List<Ensemble> ensembles, BundlePlan plan) {
    List<Verdict> verdicts = new ArrayList<>();
    for (int p = 0; p < pools.size(); p++) {
      judge(pools.get(p), logits.get(p), ensembles, plan, verdicts);
    }
    return verdicts;
  }

  private void judge(
      SamplePool pool,
      float[][] own,
      List<Ensemble> ensembles,
      BundlePlan plan,
      List<Verdict> verdicts) {
    ClassScheme scheme = plan.scheme();
    Inference[] inferences = new Inference[pool.size()];
    int[] best = new int[pool.size()];
    for (int i = 0; i < best.length; i++) {
      double[] p = Calibration.softmax(Arrays.copyOf(own[i], scheme.size()), temperature);
      inferences[i] = new Inference(scheme.classes(), p, outlier(own[i]), null);
      best[i] = inferences[i].best();
    }
    for (SourceClass family : SourceClass.values()) {
      int[] indices =
          IntStream.range(0, best.length).filter(i -> scheme.family(best[i]) == family).toArray();
      List<RedshiftEstimate> estimates = estimate(family, ensembles, pool, indices, plan);
      for (int k = 0; k < indices.length; k++) {
        int i = indices[k];
        verdicts.add(
            new Verdict(
                new Verdict.Truth(pool.family(), pool.label(i), pool.classes(i), pool.z(i)),
                pool.snr(i),
                best[i],
                family,
                inferences[i].familyProbability(),
                outlier(own[i]),
                estimates == null ? null : estimates.get(k)));
      }
    }
  }

  private static @Nullable List<RedshiftEstimate> estimate(
      SourceClass family,
      List<Ensemble> ensembles,
      SamplePool pool,
      int[] indices,
      BundlePlan plan) {
    for (Ensemble ensemble : ensembles) {
      if (ensemble.family() == family) {
        return ensemble.estimate(pool, indices, plan.inputSize());
      }
    }
    return null;
  }
}

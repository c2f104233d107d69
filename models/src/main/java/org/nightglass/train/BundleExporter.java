package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/** Calibrates trained networks on held-back simulations, measures them, writes the bundle. */
final class BundleExporter {
  private static final List<Integer> BATCH_SIZES = List.of(1, 8, 32, 128, 256);
  private static final int INFER_BATCH = 128;

  private final TrainingConfig config;
  private final BundlePlan plan;
  private final BundleTrainer.Progress progress;

  BundleExporter(TrainingConfig config, BundlePlan plan, BundleTrainer.Progress progress) {
    this.config = config;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * @param bundle folder to write
   * @param classifierWeights trained
   * @param members trained, by class of {@link BundlePlan#REDSHIFT_CLASSES}
   * @param heldBack spectra that no network has seen
   * @param minutes that simulating and training took
   * @return the card as written
   */
  ModelCard export(
      Path bundle,
      Weights classifierWeights,
      List<List<Weights>> members,
      Pools heldBack,
      long minutes)
      throws IOException {
    List<Ensemble> ensembles = new ArrayList<>();
    try (FrozenNetwork classifier =
        new FrozenNetwork(
            plan.classifier(), FrozenNetwork.Form.LOGITS, List.of(classifierWeights))) {
      for (SourceClass sourceClass : BundlePlan.REDSHIFT_CLASSES) {
        List<Weights> own = members.get(ensembles.size());
        ensembles.add(
            new Ensemble(
                sourceClass,
                new FrozenNetwork(plan.redshift(sourceClass), plan.form(), own),
                plan.describe(sourceClass, own.size())));
      }
      Metrics metrics = new Metrics();
      progress.report("calibrate", 0, "errors");
      ensembles.replaceAll(ensemble -> calibrate(ensemble, heldBack, metrics));
      progress.report("calibrate", 0.5, "classes and acceptance");
      List<float[][]> logits = new ArrayList<>();
      for (SamplePool pool : heldBack.all()) {
        logits.add(classify(classifier, pool));
      }
      double temperature = temperature(logits);
      List<Verdict> verdicts = new ArrayList<>();
      for (int p = 0; p < logits.size(); p++) {
        judge(heldBack.all().get(p), logits.get(p), temperature, ensembles, verdicts);
      }
      Acceptance acceptance = Calibration.acceptance(verdicts);
      metrics.verdicts(verdicts, acceptance);
      progress.report("export", 0, bundle.toString());
      classifier.save(bundle.resolve(BundlePlan.CLASSIFIER_FOLDER));
      for (Ensemble ensemble : ensembles) {
        ensemble.network().save(bundle.resolve(BundlePlan.folder(ensemble.sourceClass())));
      }
      ModelCard card =
          BundleWriter.write(
              bundle, card(temperature, ensembles, acceptance, metrics.values(), minutes));
      progress.report("export", 1, bundle.toString());
      return card;
    } finally {
      ensembles.forEach(Ensemble::close);
    }
  }

  /** Fits the errors on one half of the class's held-back spectra and measures on the other. */
  private Ensemble calibrate(Ensemble raw, Pools heldBack, Metrics metrics) {
    SamplePool pool = heldBack.of(raw.sourceClass());
    int[] fit = IntStream.range(0, pool.size() / 2).toArray();
    int[] check = IntStream.range(pool.size() / 2, pool.size()).toArray();
    double[] snr = IntStream.of(fit).mapToDouble(pool::snr).toArray();
    Ensemble calibrated =
        raw.with(
            Calibration.errors(
                raw.estimate(pool, fit, plan.inputSize()), redshifts(pool, fit), snr));
    List<RedshiftEstimate> estimates = calibrated.estimate(pool, check, plan.inputSize());
    metrics.redshifts(raw.sourceClass(), estimates, redshifts(pool, check));
    return calibrated;
  }

  private static double[] redshifts(SamplePool pool, int[] indices) {
    return IntStream.of(indices).mapToDouble(pool::z).toArray();
  }

  private float[][] classify(FrozenNetwork classifier, SamplePool pool) {
    float[][] logits = new float[pool.size()][classifier.size()];
    float[] batch = new float[INFER_BATCH * plan.inputSize()];
    for (int from = 0; from < pool.size(); from += INFER_BATCH) {
      int n = Math.min(INFER_BATCH, pool.size() - from);
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

  private static double temperature(List<float[][]> logits) {
    List<float[]> rows = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int c = 0; c < ClassifierBatches.CLASSES.size(); c++) {
      for (float[] row : logits.get(c)) {
        rows.add(row);
        labels.add(c);
      }
    }
    return Calibration.temperature(
        rows.toArray(float[][]::new), labels.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Classifies a pool's spectra and runs on each the ensemble of the class found. */
  private void judge(
      SamplePool pool,
      float[][] logits,
      double temperature,
      List<Ensemble> ensembles,
      List<Verdict> verdicts) {
    double[][] probabilities = new double[pool.size()][];
    int[] best = new int[pool.size()];
    for (int i = 0; i < best.length; i++) {
      probabilities[i] = Calibration.softmax(logits[i], temperature);
      for (int c = 1; c < probabilities[i].length; c++) {
        best[i] = probabilities[i][c] > probabilities[i][best[i]] ? c : best[i];
      }
    }
    for (int c = 0; c < ClassifierBatches.CLASSES.size(); c++) {
      SourceClass said = ClassifierBatches.CLASSES.get(c);
      int wanted = c;
      int[] indices = IntStream.range(0, best.length).filter(i -> best[i] == wanted).toArray();
      List<RedshiftEstimate> estimates = estimate(said, ensembles, pool, indices);
      for (int k = 0; k < indices.length; k++) {
        int i = indices[k];
        verdicts.add(
            new Verdict(
                pool.sourceClass(),
                pool.z(i),
                pool.snr(i),
                said,
                probabilities[i][c],
                estimates == null ? null : estimates.get(k)));
      }
    }
  }

  private @Nullable List<RedshiftEstimate> estimate(
      SourceClass sourceClass, List<Ensemble> ensembles, SamplePool pool, int[] indices) {
    for (Ensemble ensemble : ensembles) {
      if (ensemble.sourceClass() == sourceClass) {
        return ensemble.estimate(pool, indices, plan.inputSize());
      }
    }
    return null;
  }

  private ModelCard card(
      double temperature,
      List<Ensemble> ensembles,
      Acceptance acceptance,
      Map<String, Double> metrics,
      long minutes) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("training", config.fingerprint());
    provenance.put("members", Integer.toString(config.members()));
    provenance.put("heldBack", Integer.toString(config.heldBack()));
    provenance.put("minutes", Long.toString(minutes));
    provenance.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    provenance.put("purityAimedAt", Double.toString(Calibration.PURITY));
    String description =
        "Classifier (GaSNet-II at width %s: GALAXY, QSO, STAR) and %d redshift networks (%s) each for GALAXY and QSO, trained on simulations alone."
            .formatted(config.classifierWidth(), config.members(), config.redshiftNetwork());
    return new ModelCard(
        config.name(),
        config.version(),
        description,
        BundlePlan.GRID,
        BATCH_SIZES,
        new ModelCard.Classifier(
            plan.describe(BundlePlan.CLASSIFIER_FOLDER, FrozenNetwork.Form.LOGITS),
            ClassifierBatches.CLASSES.stream().map(SourceClass::name).toList(),
            temperature),
        ensembles.stream().map(Ensemble::redshift).toList(),
        acceptance,
        provenance,
        metrics,
        Map.of());
  }
}

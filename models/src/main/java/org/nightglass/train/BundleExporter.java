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
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/** Calibrates trained networks on held-back simulations, measures them, writes the bundle. */
final class BundleExporter {
  /** Any number of rows up to the largest is cut into these with a twentieth of waste. */
  private static final List<Integer> BATCH_SIZES = List.of(1, 4, 8, 16, 32, 64, 96, 128, 192, 256);

  private final TrainingConfig config;
  private final BundlePlan plan;
  private final @Nullable ObservedSource observed;
  private final BundleTrainer.Progress progress;

  /**
   * @param observed where observed spectra come from that it was trained on; null = simulations
   */
  BundleExporter(
      TrainingConfig config,
      BundlePlan plan,
      @Nullable ObservedSource observed,
      BundleTrainer.Progress progress) {
    this.observed = observed;
    this.config = config;
    this.plan = plan;
    this.progress = progress;
  }

  /**
   * @param bundle folder to write
   * @param classifierWeights trained
   * @param members trained, by family of {@link BundlePlan#redshiftFamilies()}
   * @param heldBack spectra that no network has seen
   * @param redshiftsMade how the redshift networks were made
   * @param minutes that simulating and training took
   * @return the card as written
   */
  ModelCard export(
      Path bundle,
      Weights classifierWeights,
      List<List<Weights>> members,
      Pools heldBack,
      String redshiftsMade,
      long minutes)
      throws IOException {
    List<Ensemble> ensembles = new ArrayList<>();
    try (FrozenNetwork classifier =
        new FrozenNetwork(
            plan.classifier(), FrozenNetwork.Form.LOGITS, List.of(classifierWeights))) {
      for (SourceClass family : plan.redshiftFamilies()) {
        List<Weights> own = members.get(ensembles.size());
        ensembles.add(
            new Ensemble(
                family,
                new FrozenNetwork(plan.redshift(family), plan.form(), own),
                plan.describe(family, own.size())));
      }
      Metrics metrics = new Metrics(observed != null);
      progress.report("calibrate", 0, "errors");
      ensembles.replaceAll(ensemble -> calibrate(ensemble, heldBack, metrics));
      progress.report("calibrate", 0.5, "classes and acceptance");
      Classified classified = Classified.of(classifier, heldBack, plan);
      Judge judge = new Judge(classified, ensembles, plan);
      SecondOpinion opinion = judge.opinion();
      List<Verdict> verdicts = judge.verdicts();
      AcceptanceFit fit =
          new AcceptanceFit(
              opinion == null ? 1 : opinion.minProbability(), config.survey().leastSnr());
      Map<SourceClass, Acceptance> limits =
          fit.limits(
              verdicts.stream()
                  .filter(v -> v.outlier() <= classified.outlierLimit())
                  // The redshift of one of two sources is neither right nor wrong.
                  .filter(v -> !v.truth().label().equals(TrainingSimulator.BLEND))
                  .toList());
      ensembles.replaceAll(ensemble -> ensemble.with(limits.get(ensemble.family())));
      Acceptance acceptance = fit.strictest(limits.values());
      metrics.verdicts(verdicts, plan.scheme(), limits, classified.outlierLimit());
      progress.report("export", 0, bundle.toString());
      classifier.save(bundle.resolve(BundlePlan.CLASSIFIER_FOLDER));
      for (Ensemble ensemble : ensembles) {
        ensemble.network().save(bundle.resolve(BundlePlan.folder(ensemble.family())));
      }
      Map<String, String> provenance = provenance(redshiftsMade, minutes);
      ModelCard card =
          BundleWriter.write(
              bundle,
              card(classified, opinion, ensembles, acceptance, provenance, metrics.values()));
      progress.report("export", 1, bundle.toString());
      return card;
    } finally {
      ensembles.forEach(Ensemble::close);
    }
  }

  /** Fits the errors on one half of the family's held-back spectra and measures on the other. */
  private Ensemble calibrate(Ensemble raw, Pools heldBack, Metrics metrics) {
    SamplePool pool = heldBack.of(raw.family());
    int[] fit = IntStream.range(0, pool.size() / 2).toArray();
    int[] check = IntStream.range(pool.size() / 2, pool.size()).toArray();
    double[] snr = IntStream.of(fit).mapToDouble(pool::snr).toArray();
    Ensemble calibrated =
        raw.with(
            Calibration.errors(
                raw.estimate(pool, fit, plan.inputSize()),
                redshifts(pool, fit),
                snr,
                Verdict.tolerance(raw.family())));
    List<RedshiftEstimate> estimates = calibrated.estimate(pool, check, plan.inputSize());
    metrics.redshifts(raw.family(), estimates, redshifts(pool, check));
    return calibrated;
  }

  private static double[] redshifts(SamplePool pool, int[] indices) {
    return IntStream.of(indices).mapToDouble(pool::z).toArray();
  }

  private Map<String, String> provenance(String redshiftsMade, long minutes) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put(
        "training",
        config.fingerprint() + (observed == null ? "" : " observed=" + observed.description()));
    provenance.put("redshifts", redshiftsMade);
    provenance.put("redshiftsShared", Boolean.toString(config.redshifts() != null));
    provenance.put("members", Integer.toString(config.members()));
    provenance.put("heldBack", Integer.toString(config.heldBack()));
    provenance.put("minutes", Long.toString(minutes));
    provenance.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    provenance.put("purityAimedAt", Double.toString(AcceptanceFit.PURITY));
    return provenance;
  }

  private ModelCard card(
      Classified classified,
      @Nullable SecondOpinion opinion,
      List<Ensemble> ensembles,
      Acceptance acceptance,
      Map<String, String> provenance,
      Map<String, Double> metrics) {
    String description =
        "Classifier (%s: %d classes) and %d redshift networks (%s) each for %s, trained on %s."
            .formatted(
                config.classifier() == TrainingConfig.ClassifierNetwork.COMPACT
                    ? "compact"
                    : "GaSNet-II at width " + config.classifierWidth(),
                plan.scheme().size(),
                config.members(),
                config.redshiftNetwork(),
                plan.redshiftFamilies(),
                observed == null ? "simulations alone" : observed.description());
    return new ModelCard(
        config.name(),
        config.version(),
        description,
        plan.grid(),
        BATCH_SIZES,
        new ModelCard.Classifier(
            plan.describe(BundlePlan.CLASSIFIER_FOLDER, FrozenNetwork.Form.LOGITS),
            plan.scheme().classes(),
            classified.temperature(),
            classified.outlierLimit(),
            ModelCard.ClassifierKind.LOGITS,
            opinion),
        ensembles.stream().map(Ensemble::redshift).toList(),
        acceptance,
        provenance,
        metrics,
        Map.of());
  }
}

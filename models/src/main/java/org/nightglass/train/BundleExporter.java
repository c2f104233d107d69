package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.ClassifierKind;
import org.nightglass.simulate.SourceClass;

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
    FrozenNetwork classifier =
        new FrozenNetwork(plan.classifier(), FrozenNetwork.Form.LOGITS, List.of(classifierWeights));
    Map<String, FrozenNetwork> frozen = new LinkedHashMap<>();
    frozen.put(BundlePlan.CLASSIFIER_FOLDER, classifier);
    List<Ensemble> ensembles = new ArrayList<>();
    for (SourceClass family : plan.redshiftFamilies()) {
      List<Weights> own = members.get(ensembles.size());
      FrozenNetwork network = new FrozenNetwork(plan.redshift(family), plan.form(), own);
      frozen.put(BundlePlan.folder(family), network);
      ensembles.add(new Ensemble(network, plan.describe(family, own.size())));
    }
    try (BundleNetworks networks =
        new BundleNetworks(
            classifier, ClassifierKind.LOGITS, ensembles, plan.scheme(), plan.inputSize())) {
      BundleCalibration calibration =
          new Calibrator(
                  networks, heldBack, config.survey().leastSnr(), new Metrics(observed != null))
              .calibrate(progress);
      progress.report("export", 0, bundle.toString());
      for (Map.Entry<String, FrozenNetwork> network : frozen.entrySet()) {
        network.getValue().save(bundle.resolve(network.getKey()));
      }
      ModelCard card =
          BundleWriter.write(bundle, card(calibration, provenance(redshiftsMade, minutes)));
      progress.report("export", 1, bundle.toString());
      return card;
    }
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

  private ModelCard card(BundleCalibration calibration, Map<String, String> provenance) {
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
        calibration.classifier(
            plan.describe(BundlePlan.CLASSIFIER_FOLDER, FrozenNetwork.Form.LOGITS),
            plan.scheme().classes(),
            ClassifierKind.LOGITS),
        calibration.redshifts(),
        calibration.acceptance(),
        provenance,
        calibration.metrics(),
        Map.of());
  }
}

package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.ClassifierKind;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SavedModel;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Calibrates a bundle anew: the classes' temperature, the limit for outliers, redshifts' errors,
 * second opinions, limits of acceptance. Its networks stay as they are, whoever trained them.
 *
 * <p>To be done when a survey has spectra of its own whose redshifts it knows, and for a bundle
 * that came without errors to be trusted.
 */
public final class BundleCalibrator {
  /** Keeps its simulations apart from those that a training of the same seed has seen. */
  private static final long APART = 0x63616c6962L;

  private final CalibrationConfig config;
  private final @Nullable ObservedSource observed;
  private final BundleTrainer.Progress progress;

  /**
   * @param observed spectra to calibrate on, which the networks must not have been trained on; null
   *     = simulations
   */
  public BundleCalibrator(
      CalibrationConfig config,
      @Nullable ObservedSource observed,
      BundleTrainer.Progress progress) {
    this.config = config;
    this.observed = observed;
    this.progress = progress;
  }

  /**
   * Runs it all.
   *
   * @return the card of the bundle that was written
   * @throws IllegalArgumentException if there is such a bundle already, if the bundle's networks do
   *     not see the same, or if there are too few spectra
   * @throws org.nightglass.infer.ModelException if a network does not load
   * @throws org.nightglass.simulate.TemplateException if templates cannot be read
   * @throws IOException if files cannot be read or written
   */
  public ModelCard run() throws IOException {
    ModelCard card = config.bundle().card();
    Path target = config.bundles().resolve(card.name()).resolve(config.version());
    if (Files.exists(target)) {
      throw new IllegalArgumentException("there is a bundle already at " + target);
    }
    Normalisation normalisation = normalisation(card);
    SourceLibrary sources = TrainingSimulator.sources(config.templates());
    Pools heldBack =
        observed == null
            ? simulated(sources, normalisation)
            : observed(observed, sources, normalisation);
    try (BundleNetworks networks = networks(card, normalisation)) {
      BundleCalibration calibration =
          new Calibrator(
                  networks, heldBack, config.survey().leastSnr(), new Metrics(observed != null))
              .calibrate(progress);
      progress.report("export", 0, target.toString());
      copyFiles(config.bundle(), target);
      ModelCard written = BundleWriter.write(target, card(card, calibration));
      progress.report("export", 1, target.toString());
      return written;
    }
  }

  /** The one that all networks want. */
  private static Normalisation normalisation(ModelCard card) {
    Set<String> names = new LinkedHashSet<>();
    names.add(card.classifier().network().normalisation());
    card.redshifts().forEach(redshift -> names.add(redshift.network().normalisation()));
    if (names.size() > 1) {
      throw new IllegalArgumentException(
          "networks of %s/%s want different normalisations, %s: they cannot be calibrated together"
              .formatted(card.name(), card.version(), names));
    }
    return Normalisations.byName(names.iterator().next());
  }

  private Pools simulated(SourceLibrary sources, Normalisation normalisation) {
    return Pools.simulate(
        "simulate",
        config.seed() ^ APART,
        config.heldBack(),
        (int) (BundleTrainer.MET * config.heldBack()),
        sources,
        config.survey(),
        normalisation,
        progress);
  }

  private Pools observed(
      ObservedSource source, SourceLibrary sources, Normalisation normalisation) {
    progress.report("read", 0, source.description());
    ObservedPools pools = new ObservedPools(config.survey(), normalisation, config.seed());
    pools.read(source);
    progress.report("read", 1, source.description());
    return pools.all(sources);
  }

  private BundleNetworks networks(ModelCard card, Normalisation normalisation) {
    Devices devices = Devices.find(EngineOptions.DEFAULT.with(Precision.FLOAT32));
    List<SavedNetwork> loaded = new ArrayList<>();
    try {
      SavedNetwork classifier =
          load(devices, card.classifier().network(), card.classifier().outputs());
      loaded.add(classifier);
      List<Ensemble> ensembles = new ArrayList<>();
      for (Redshift redshift : card.redshifts()) {
        SavedNetwork network = load(devices, redshift.network(), redshift.shape());
        loaded.add(network);
        ensembles.add(new Ensemble(network, redshift).with((ErrorCalibration) null));
      }
      return new BundleNetworks(
          classifier,
          Objects.requireNonNullElse(card.classifier().kind(), ClassifierKind.LOGITS),
          ensembles,
          new ClassScheme(card.classifier().classes()),
          card.grid().pixels() * normalisation.channels());
    } catch (RuntimeException e) {
      loaded.forEach(SavedNetwork::close);
      throw e;
    }
  }

  private SavedNetwork load(Devices devices, Network network, int... outputs) {
    Path folder = config.bundle().directory();
    int pixels = config.bundle().card().grid().pixels();
    return new SavedNetwork(SavedModel.load(folder, network, devices, 0, pixels, outputs));
  }

  /** All that the card has a checksum of. */
  private static void copyFiles(ModelBundle from, Path to) throws IOException {
    for (String file : from.card().sha256().keySet()) {
      Path copy = to.resolve(file);
      Files.createDirectories(copy.getParent());
      Files.copy(from.directory().resolve(file), copy);
    }
  }

  private ModelCard card(ModelCard card, BundleCalibration calibration) {
    Map<String, String> provenance = new TreeMap<>(card.provenance());
    provenance.put("calibratedFrom", card.name() + "/" + card.version());
    provenance.put("calibration", origin());
    provenance.remove("heldBack");
    if (observed == null) {
      provenance.put("heldBack", Integer.toString(config.heldBack()));
    }
    provenance.put("purityAimedAt", Double.toString(AcceptanceFit.PURITY));
    return new ModelCard(
        card.name(),
        config.version(),
        card.description(),
        card.grid(),
        card.batchSizes(),
        calibration.classifier(
            card.classifier().network(), card.classifier().classes(), card.classifier().kind()),
        calibration.redshifts(),
        calibration.acceptance(),
        provenance,
        calibration.metrics(),
        Map.of());
  }

  private String origin() {
    return observed != null
        ? "observed=" + observed.description()
        : "templates=%s seed=%d spectrographs=%s"
            .formatted(
                config.templates() == null ? "none" : config.templates().getFileName(),
                config.seed(),
                config.survey().spectrographLabels());
  }
}

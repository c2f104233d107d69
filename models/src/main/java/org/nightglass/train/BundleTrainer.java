package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.prepare.ContrastNormalisation;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisation;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Makes a bundle from nothing: simulates, trains the classifier and each class's redshift networks,
 * calibrates on held-back simulations, exports, measures.
 *
 * <p>Stopped at any time, it goes on from its checkpoints when it is run again with the same
 * configuration. Wants about 14 kB of heap for each simulated spectrum: {@code -Xmx3g} for 45,000 a
 * class.
 */
public final class BundleTrainer {
  private static final ModelGrid GRID = ModelGrid.SDSS_3600;
  private static final List<Integer> BATCH_SIZES = List.of(1, 8, 32, 128, 256);
  private static final double POINT_SCALE = 10;
  private static final double PEAK_RATE = 4e-3;
  private static final double CLASSIFIER_RATE = 2e-3;
  private static final double END_RATE = 0.02;
  private static final int CHECKPOINT_EVERY = 100;
  private static final int INFER_BATCH = 128;

  private final TrainingConfig config;
  private final Progress progress;
  private final Normalisation normalisation = new ContrastNormalisation();
  private final int inputSize = GRID.pixels() * normalisation.channels();

  /** Told how a training goes on. */
  public interface Progress {
    /**
     * @param stage what is being done, for instance {@code train GALAXY member 1}
     * @param done share of the stage, 0 to 1
     * @param detail for people, for instance the loss
     */
    void report(String stage, double done, String detail);
  }

  public BundleTrainer(TrainingConfig config, Progress progress) {
    this.config = config;
    this.progress = progress;
  }

  /** The simulated spectra that one run works on. */
  private record Pools(List<SamplePool> classes, SamplePool sky) {
    SamplePool of(SourceClass sourceClass) {
      return classes.get(ClassifierBatches.CLASSES.indexOf(sourceClass));
    }
  }

  /**
   * Runs it all.
   *
   * @return the card of the bundle that was written
   * @throws IllegalArgumentException if the bundle exists, or the work directory holds another
   *     configuration's checkpoints
   * @throws TrainingException if a training breaks down
   * @throws IOException if files cannot be read or written
   */
  public ModelCard run() throws IOException {
    Path bundle = config.bundles().resolve(config.name()).resolve(config.version());
    if (Files.exists(bundle.resolve(BundleWriter.CARD))) {
      throw new IllegalArgumentException("there is a bundle already at " + bundle);
    }
    claimWorkDirectory();
    long began = System.nanoTime();
    SourceLibrary sources = TrainingSimulator.sources(config.templates());
    Pools pools = simulate("simulate", config.seed(), config.poolSize(), sources);
    Weights classifierWeights = trainClassifier(pools);
    List<List<Weights>> members = new ArrayList<>();
    for (SourceClass sourceClass : redshiftClasses()) {
      members.add(trainMembers(sourceClass, pools));
    }
    Pools heldBack = simulate("simulate held back", ~config.seed(), config.heldBack(), sources);
    return export(bundle, classifierWeights, members, heldBack, began);
  }

  private static List<SourceClass> redshiftClasses() {
    return List.of(SourceClass.GALAXY, SourceClass.QSO);
  }

  private void claimWorkDirectory() throws IOException {
    Path note = config.work().resolve("configuration.txt");
    if (Files.exists(note)) {
      String known = Files.readString(note).strip();
      if (!known.equals(config.fingerprint())) {
        throw new IllegalArgumentException(
            "%s holds checkpoints of another configuration (%s), not of %s: clear it or use another"
                .formatted(config.work(), known, config.fingerprint()));
      }
    }
    Files.createDirectories(config.work());
    Files.writeString(note, config.fingerprint() + "\n");
  }

  private Pools simulate(String stage, long seed, int size, SourceLibrary sources) {
    TrainingSimulator simulator = new TrainingSimulator(seed, sources, GRID);
    List<SamplePool> classes = new ArrayList<>();
    for (SourceClass sourceClass : ClassifierBatches.CLASSES) {
      progress.report(stage, classes.size() / 4.0, sourceClass.name());
      classes.add(SamplePool.simulate(simulator, sourceClass, size, normalisation));
    }
    progress.report(stage, 0.75, "SKY");
    SamplePool sky = SamplePool.simulate(simulator, null, Math.max(50, size / 4), normalisation);
    progress.report(stage, 1, "%d spectra a class".formatted(size));
    return new Pools(classes, sky);
  }

  private GasNet2 classifierNetwork() {
    return new GasNet2(
        GRID.pixels(),
        normalisation.channels(),
        config.classifierWidth(),
        ClassifierBatches.CLASSES.size());
  }

  private Weights trainClassifier(Pools pools) throws IOException {
    BatchSource batches = new ClassifierBatches(pools.classes(), pools.sky(), config.seed() + 1);
    return train(
        "classifier",
        classifierNetwork(),
        Objective.CROSS_ENTROPY,
        batches,
        CLASSIFIER_RATE,
        config.classifierSteps(),
        config.seed() + 1);
  }

  private boolean pointsWanted() {
    return config.redshiftNetwork() == TrainingConfig.RedshiftNetwork.GASNET2_REGRESSION;
  }

  /**
   * Bins of log10(1+z): galaxies from a little below 0, since the nearest move towards us, to 1.27;
   * quasars from 0 to 6.4, where Lyman α leaves the grid.
   */
  private static RedshiftTarget.Bins bins(SourceClass sourceClass) {
    return sourceClass == SourceClass.QSO
        ? new RedshiftTarget.Bins(0, 8e-4, 1088)
        : new RedshiftTarget.Bins(-16e-4, 4e-4, 896);
  }

  private Network redshiftNetwork(SourceClass sourceClass) {
    int channels = normalisation.channels();
    if (pointsWanted()) {
      return new GasNet2(GRID.pixels(), channels, config.classifierWidth(), 1);
    }
    boolean wide = sourceClass == SourceClass.QSO;
    return new CrossCorrelation(
        GRID.pixels(), channels, wide ? 16 : 12, bins(sourceClass).bins(), wide);
  }

  private List<Weights> trainMembers(SourceClass sourceClass, Pools pools) throws IOException {
    RedshiftTarget target =
        pointsWanted() ? new RedshiftTarget.Point(POINT_SCALE) : bins(sourceClass);
    List<Weights> members = new ArrayList<>();
    for (int m = 0; m < config.members(); m++) {
      long seed = config.seed() + 1000L * (1 + sourceClass.ordinal()) + m;
      members.add(
          train(
              sourceClass.name() + "-" + m,
              redshiftNetwork(sourceClass),
              pointsWanted() ? Objective.HUBER : Objective.CROSS_ENTROPY,
              new RedshiftBatches(pools.of(sourceClass), pools.sky(), target, seed),
              pointsWanted() ? CLASSIFIER_RATE : PEAK_RATE,
              config.redshiftSteps(),
              seed));
    }
    return members;
  }

  private Weights train(
      String name,
      Network network,
      Objective objective,
      BatchSource batches,
      double peakRate,
      long steps,
      long seed)
      throws IOException {
    LearningRate rate = new LearningRate(peakRate, Math.min(100, 1 + steps / 5), steps, END_RATE);
    Trainer.Plan plan = new Trainer.Plan(config.batch(), rate, seed, CHECKPOINT_EVERY);
    String stage = "train " + name;
    progress.report(stage, 0, steps + " steps");
    return new Trainer(network, objective, plan)
        .train(
            batches,
            config.work(),
            name,
            (step, loss) ->
                progress.report(stage, (double) step / steps, "loss %.4f".formatted(loss)));
  }

  private ModelCard export(
      Path bundle,
      Weights classifierWeights,
      List<List<Weights>> members,
      Pools heldBack,
      long began)
      throws IOException {
    List<Ensemble> ensembles = new ArrayList<>();
    try (FrozenNetwork classifier =
        new FrozenNetwork(
            classifierNetwork(), FrozenNetwork.Form.LOGITS, List.of(classifierWeights))) {
      for (SourceClass sourceClass : redshiftClasses()) {
        ensembles.add(ensemble(sourceClass, members.get(ensembles.size())));
      }
      Metrics metrics = new Metrics();
      progress.report("calibrate", 0, "errors");
      ensembles.replaceAll(ensemble -> calibrate(ensemble, heldBack, metrics));
      progress.report("calibrate", 0.5, "classes and acceptance");
      List<float[][]> logits = new ArrayList<>();
      for (SamplePool pool : all(heldBack)) {
        logits.add(classify(classifier, pool));
      }
      double temperature = temperature(logits);
      List<Verdict> verdicts = new ArrayList<>();
      for (int p = 0; p < logits.size(); p++) {
        judge(all(heldBack).get(p), logits.get(p), temperature, ensembles, verdicts);
      }
      Acceptance acceptance = Calibration.acceptance(verdicts);
      metrics.verdicts(verdicts, acceptance);
      progress.report("export", 0, bundle.toString());
      classifier.save(bundle.resolve("classifier"));
      for (Ensemble ensemble : ensembles) {
        ensemble.network().save(bundle.resolve(folder(ensemble.sourceClass())));
      }
      ModelCard card =
          BundleWriter.write(
              bundle, card(temperature, ensembles, acceptance, metrics.values(), began));
      progress.report("export", 1, bundle.toString());
      return card;
    } finally {
      ensembles.forEach(Ensemble::close);
    }
  }

  private static String folder(SourceClass sourceClass) {
    return "redshift-" + sourceClass.name().toLowerCase(Locale.ROOT);
  }

  private static List<SamplePool> all(Pools pools) {
    List<SamplePool> all = new ArrayList<>(pools.classes());
    all.add(pools.sky());
    return all;
  }

  private Ensemble ensemble(SourceClass sourceClass, List<Weights> members) {
    FrozenNetwork.Form form =
        pointsWanted() ? FrozenNetwork.Form.POINTS : FrozenNetwork.Form.DISTRIBUTION;
    RedshiftTarget.Bins bins = bins(sourceClass);
    ModelCard.Redshift redshift =
        new ModelCard.Redshift(
            List.of(sourceClass.name()),
            network(folder(sourceClass), form),
            pointsWanted() ? RedshiftKind.POINTS : RedshiftKind.DISTRIBUTION,
            members.size(),
            pointsWanted() ? null : (Double) bins.start(),
            pointsWanted() ? null : (Double) bins.step(),
            pointsWanted() ? null : (Integer) bins.bins(),
            pointsWanted() ? (Double) POINT_SCALE : null,
            null);
    return new Ensemble(
        sourceClass, new FrozenNetwork(redshiftNetwork(sourceClass), form, members), redshift);
  }

  private ModelCard.Network network(String path, FrozenNetwork.Form form) {
    return new ModelCard.Network(
        path,
        FrozenNetwork.TAG,
        FrozenNetwork.SIGNATURE,
        FrozenNetwork.INPUT,
        form.output(),
        normalisation.name());
  }

  /** Fits the errors on one half of the class's held-back spectra and measures on the other. */
  private Ensemble calibrate(Ensemble raw, Pools heldBack, Metrics metrics) {
    SamplePool pool = heldBack.of(raw.sourceClass());
    int[] fit = IntStream.range(0, pool.size() / 2).toArray();
    int[] check = IntStream.range(pool.size() / 2, pool.size()).toArray();
    double[] snr = IntStream.of(fit).mapToDouble(pool::snr).toArray();
    Ensemble calibrated =
        raw.with(Calibration.errors(raw.estimate(pool, fit, inputSize), redshifts(pool, fit), snr));
    List<RedshiftEstimate> estimates = calibrated.estimate(pool, check, inputSize);
    metrics.redshifts(raw.sourceClass(), estimates, redshifts(pool, check));
    return calibrated;
  }

  private static double[] redshifts(SamplePool pool, int[] indices) {
    return IntStream.of(indices).mapToDouble(pool::z).toArray();
  }

  private float[][] classify(FrozenNetwork classifier, SamplePool pool) {
    float[][] logits = new float[pool.size()][classifier.size()];
    float[] batch = new float[INFER_BATCH * inputSize];
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
      List<RedshiftEstimate> estimates = null;
      for (Ensemble ensemble : ensembles) {
        if (ensemble.sourceClass() == said) {
          estimates = ensemble.estimate(pool, indices, inputSize);
        }
      }
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

  private ModelCard card(
      double temperature,
      List<Ensemble> ensembles,
      Acceptance acceptance,
      Map<String, Double> metrics,
      long began) {
    Map<String, String> provenance = new TreeMap<>();
    provenance.put("training", config.fingerprint());
    provenance.put("members", Integer.toString(config.members()));
    provenance.put("heldBack", Integer.toString(config.heldBack()));
    provenance.put("minutes", Long.toString((System.nanoTime() - began) / 60_000_000_000L));
    provenance.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
    provenance.put("purityAimedAt", Double.toString(Calibration.PURITY));
    return new ModelCard(
        config.name(),
        config.version(),
        "Classifier (GaSNet-II at width %s: GALAXY, QSO, STAR) and %d redshift networks (%s) each for GALAXY and QSO, trained on simulations alone."
            .formatted(config.classifierWidth(), config.members(), config.redshiftNetwork()),
        GRID,
        BATCH_SIZES,
        new ModelCard.Classifier(
            network("classifier", FrozenNetwork.Form.LOGITS),
            ClassifierBatches.CLASSES.stream().map(SourceClass::name).toList(),
            temperature),
        ensembles.stream().map(Ensemble::redshift).toList(),
        acceptance,
        provenance,
        metrics,
        Map.of());
  }
}

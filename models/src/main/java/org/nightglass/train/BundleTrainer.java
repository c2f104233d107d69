package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Makes a bundle from nothing: simulates, trains the classifier and each family's redshift
 * networks, calibrates on held-back simulations, exports, measures.
 *
 * <p>Stopped at any time, it goes on from its checkpoints when it is run again with the same
 * configuration. Wants about 17 kB of heap for each simulated spectrum: {@code -Xmx3g} for 40,000 a
 * family.
 */
public final class BundleTrainer {
  private static final double CORRELATION_RATE = 4e-3;
  private static final double GASNET_RATE = 2e-3;
  private static final double PUBLISHED_RATE = 1e-3;

  /** Fifty epochs, halved every five. */
  private static final int PUBLISHED_HALVINGS = 10;

  private static final double END_RATE = 0.02;
  private static final long WARM_UP = 100;
  private static final int CHECKPOINT_EVERY = 100;

  /** Steps between two evaluations on spectra apart. */
  static final int VALIDATE_EVERY = 20;

  private static final int VALIDATION_BATCHES = 8;
  private static final long VALIDATION = 0x76616c6964L;

  /**
   * Spectra of what is no source to learn from, for one of a family: each of their kinds wants as
   * much variety as a class.
   */
  private static final double TAUGHT = 0.5;

  /** The same to calibrate with: about as many as a survey meets. */
  static final double MET = 0.25;

  private static final String NOTE = "configuration.txt";

  private final TrainingConfig config;
  private final Progress progress;
  private final BundlePlan plan;
  private final @Nullable ObservedSource observed;

  /** Told how a training goes on. */
  public interface Progress {
    /**
     * @param stage what is being done, for instance {@code train GALAXY-1}
     * @param done share of the stage, 0 to 1
     * @param detail for people, for instance the loss
     */
    void report(String stage, double done, String detail);
  }

  /** Trains on simulations. */
  public BundleTrainer(TrainingConfig config, Progress progress) {
    this(config, null, progress);
  }

  /**
   * @param observed spectra to train on; null = simulations
   */
  public BundleTrainer(
      TrainingConfig config, @Nullable ObservedSource observed, Progress progress) {
    this.observed = observed;
    this.config = config;
    this.progress = progress;
    this.plan = new BundlePlan(config);
  }

  /**
   * Runs it all.
   *
   * @return the card of the bundle that was written
   * @throws IllegalArgumentException if the bundle exists, or the work directory holds another
   *     configuration's checkpoints
   * @throws TrainingException if a training breaks down
   * @throws org.nightglass.simulate.TemplateException if templates cannot be read
   * @throws IOException if files cannot be read or written
   */
  public ModelCard run() throws IOException {
    Path bundle = config.bundles().resolve(config.name()).resolve(config.version());
    if (Files.exists(bundle.resolve(BundleWriter.CARD))) {
      throw new IllegalArgumentException("there is a bundle already at " + bundle);
    }
    Path redshifts = redshiftDirectory();
    claim(config.work(), config.fingerprint() + origin());
    if (config.redshifts() == null) {
      claim(redshifts, config.redshiftFingerprint() + origin());
    }
    WorkTime time = WorkTime.in(config.work());
    SourceLibrary sources = TrainingSimulator.sources(config.templates());
    Spectra spectra = observed == null ? simulated(sources) : observed(observed, sources);
    List<List<Weights>> members = new ArrayList<>();
    for (SourceClass family : plan.redshiftFamilies()) {
      members.add(
          config.redshifts() == null
              ? trainMembers(family, spectra, redshifts, time)
              : takeMembers(family, redshifts));
    }
    Weights classifier = trainClassifier(spectra, time);
    Pools heldBack = spectra.heldBack.get();
    time.note();
    String made = Files.readString(redshifts.resolve(NOTE)).strip();
    return new BundleExporter(config, plan, observed, progress)
        .export(bundle, classifier, members, heldBack, made, Math.round(time.seconds() / 60));
  }

  /**
   * What there is to train with.
   *
   * @param training to learn from; made when it is first asked for
   * @param validation to end early by; null = trainings do not end early
   * @param heldBack to calibrate with; made when it is asked for, to spare memory
   */
  private record Spectra(
      Supplier<Pools> training, @Nullable Pools validation, Supplier<Pools> heldBack) {}

  private Spectra simulated(SourceLibrary sources) {
    Supplier<Pools> training =
        once(() -> simulate("simulate", config.seed(), config.poolSize(), TAUGHT, sources));
    Pools validation =
        config.patience() == 0
            ? null
            : simulate(
                "simulate apart", config.seed() ^ VALIDATION, config.heldBack(), MET, sources);
    return new Spectra(
        training,
        validation,
        () -> simulate("simulate held back", ~config.seed(), config.heldBack(), MET, sources));
  }

  private Spectra observed(ObservedSource source, SourceLibrary sources) {
    progress.report("read", 0, source.description());
    ObservedPools pools = new ObservedPools(config.survey(), plan.normalisation(), config.seed());
    pools.read(source);
    progress.report("read", 1, source.description());
    return new Spectra(
        once(() -> pools.pools(ObservedPools.Part.TRAINING, sources)),
        config.patience() == 0 ? null : pools.pools(ObservedPools.Part.VALIDATION, sources),
        () -> pools.pools(ObservedPools.Part.HELD_BACK, sources));
  }

  private static Supplier<Pools> once(Supplier<Pools> maker) {
    AtomicReference<@Nullable Pools> made = new AtomicReference<>();
    return () -> {
      Pools pools = made.get();
      if (pools == null) {
        pools = maker.get();
        made.set(pools);
      }
      return pools;
    };
  }

  private String origin() {
    return observed == null ? "" : " observed=" + observed.description();
  }

  private Path redshiftDirectory() {
    return config.redshifts() == null ? config.work().resolve("redshifts") : config.redshifts();
  }

  private static void claim(Path directory, String fingerprint) throws IOException {
    Path note = directory.resolve(NOTE);
    if (Files.exists(note)) {
      String known = Files.readString(note).strip();
      if (!known.equals(fingerprint)) {
        throw new IllegalArgumentException(
            "%s holds checkpoints of another configuration (%s), not of %s: clear it or use another"
                .formatted(directory, known, fingerprint));
      }
    }
    Files.createDirectories(directory);
    Files.writeString(note, fingerprint + "\n");
  }

  private Pools simulate(
      String stage, long seed, int size, double negatives, SourceLibrary sources) {
    int none = (int) (negatives * size);
    return Pools.simulate(
        stage, seed, size, none, sources, config.survey(), plan.normalisation(), progress);
  }

  private Weights trainClassifier(Spectra spectra, WorkTime time) throws IOException {
    long seed = config.seed() + 1;
    Function<Pools, BatchSource> batches =
        pools ->
            new ClassifierBatches(pools.families(), pools.negatives(), plan.scheme().size(), seed);
    Trainer trainer =
        new Trainer(
            plan.classifier(),
            Objective.CROSS_ENTROPY,
            trainerPlan(GASNET_RATE, config.classifierSteps(), seed));
    return train(new Job(config.work(), "classifier", trainer, batches), spectra, time);
  }

  private List<Weights> trainMembers(
      SourceClass family, Spectra spectra, Path directory, WorkTime time) throws IOException {
    long steps = plan.redshiftSteps(family);
    List<Weights> members = new ArrayList<>();
    for (int m = 0; m < config.members(); m++) {
      long seed = config.seed() + 1000L * (1 + family.ordinal()) + m;
      double rate = plan.points() ? GASNET_RATE : CORRELATION_RATE;
      Trainer trainer =
          new Trainer(
              plan.redshift(family),
              plan.points() ? Objective.HUBER : Objective.CROSS_ENTROPY,
              trainerPlan(rate, steps, seed));
      Function<Pools, BatchSource> batches =
          pools ->
              new RedshiftBatches(pools.of(family), pools.negatives(), plan.target(family), seed);
      Job job = new Job(directory, family.name() + "-" + m, trainer, batches);
      members.add(train(job, spectra, time));
    }
    return members;
  }

  /** Takes the networks that another training has finished. */
  private List<Weights> takeMembers(SourceClass family, Path directory) throws IOException {
    List<Weights> members = new ArrayList<>();
    for (int m = 0; m < config.members(); m++) {
      Path file = directory.resolve(family.name() + "-" + m + ".weights");
      if (!Files.exists(file)) {
        throw new IllegalArgumentException(
            "there is no %s: %d redshift networks a family are asked for"
                .formatted(file, config.members()));
      }
      members.add(Weights.load(file));
    }
    return members;
  }

  private Trainer.Plan trainerPlan(double peak, long steps, long seed) {
    Schedule rate =
        plan.asPublished()
            ? new HalvingRate(PUBLISHED_RATE, Math.max(1, steps / PUBLISHED_HALVINGS), steps)
            : new LearningRate(peak, Math.min(WARM_UP, 1 + steps / 5), steps, END_RATE);
    return new Trainer.Plan(config.batch(), rate, seed, CHECKPOINT_EVERY);
  }

  /**
   * One network's training.
   *
   * @param directory where its checkpoints lie
   * @param name of the checkpoints
   * @param batches what it learns from, of these spectra
   */
  private record Job(
      Path directory, String name, Trainer trainer, Function<Pools, BatchSource> batches) {}

  private Weights train(Job job, Spectra spectra, WorkTime time) throws IOException {
    long steps = job.trainer.steps();
    String stage = "train " + job.name;
    progress.report(stage, 0, steps + " steps");
    Pools apart = spectra.validation;
    return job.trainer.train(
        new LazyBatches(() -> job.batches.apply(spectra.training.get())),
        apart == null
            ? null
            : new Trainer.Validation(
                job.batches.apply(apart), VALIDATION_BATCHES, VALIDATE_EVERY, config.patience()),
        job.directory,
        job.name,
        (step, loss) -> {
          time.note();
          progress.report(stage, (double) step / steps, "loss %.4f".formatted(loss));
        });
  }
}

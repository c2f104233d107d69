package org.nightglass.survey;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.LentModel;
import org.nightglass.app.NightglassApp;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Simulates surveys one after the other: for each seed the same world, observed once in each way.
 * Every run has an application and topics of its own; broker, registry and model serve them all.
 */
public final class Survey {
  private final SurveyPlan plan;
  private final EmbeddedParts parts;
  private final SpectrumModel model;
  private final Path state;
  private final Map<String, String> shipped;
  private final Map<String, String> settings;
  private final SourceLibrary sources = TrainingSimulator.sources(null);

  /**
   * @param plan what is to be simulated
   * @param parts broker and registry
   * @param model open and warm; closed by whoever opened it
   * @param state folder for the applications' state
   * @param shipped settings of the survey's preset
   * @param settings of the user's, which win over the preset's and the simulation's own
   */
  public Survey(
      SurveyPlan plan,
      EmbeddedParts parts,
      SpectrumModel model,
      Path state,
      Map<String, String> shipped,
      Map<String, String> settings) {
    this.plan = plan;
    this.parts = parts;
    this.model = model;
    this.state = state;
    this.shipped = Map.copyOf(shipped);
    this.settings = Map.copyOf(settings);
  }

  /**
   * Tells everything that is wrong with a user's settings, before any part is started for them.
   *
   * @param preset the survey
   * @param shipped settings of its preset
   * @param settings of the user's
   * @param shippedBundles folder of the bundles that come with Nightglass
   * @return the model's bundle, as the settings name it
   * @throws ConfigFaultsException with every fault
   */
  public static ModelBundle check(
      SimulatedSurvey preset,
      Map<String, String> shipped,
      Map<String, String> settings,
      Path shippedBundles) {
    return SurveySettings.check(preset, shipped, settings, shippedBundles);
  }

  /** Told how far it is. */
  public interface Watcher {
    /**
     * @param what goes on
     * @param done minutes of simulated nights
     * @param all minutes of all nights of all runs
     */
    void progress(String what, long done, long all);

    /** A seed has been observed in every way. */
    void finished(SeedOutcome outcome);
  }

  /**
   * Runs all of it.
   *
   * @return what came of each seed, in their order
   * @throws SurveyFaultException if what came out is not what went in
   */
  public List<SeedOutcome> run(Watcher watcher) throws InterruptedException {
    List<SeedOutcome> outcomes = new ArrayList<>();
    double[] done = {0};
    for (long seed : plan.seeds()) {
      World world = World.of(plan.preset(), seed, plan.nights(), plan.fibres());
      double minutes = 1440 * world.nights().stream().mapToDouble(n -> n.end() - n.begin()).sum();
      long all = Math.round(minutes * plan.seeds().size() * plan.modes().size());
      Map<FeedbackMode, Curve> curves = new EnumMap<>(FeedbackMode.class);
      for (FeedbackMode mode : plan.modes()) {
        String what = "seed %d, %s".formatted(seed, name(mode));
        curves.put(
            mode,
            observe(
                world,
                mode,
                passed -> {
                  done[0] += passed;
                  watcher.progress(what, Math.round(done[0]), all);
                }));
      }
      SeedOutcome outcome = new SeedOutcome(seed, world.sky().catalogue().size(), curves);
      watcher.finished(outcome);
      outcomes.add(outcome);
    }
    return outcomes;
  }

  /** As the command line spells it. */
  static String name(FeedbackMode mode) {
    return mode.name().toLowerCase(Locale.ROOT);
  }

  private Curve observe(World world, FeedbackMode mode, SurveyRun.Watcher watcher)
      throws InterruptedException {
    NightglassConfig config =
        SurveySettings.of(
            parts,
            plan.preset(),
            "survey-%d-%s".formatted(world.seed(), name(mode)),
            state,
            shipped,
            settings);
    SurveySpectra spectra =
        new SurveySpectra(world.seed(), plan.preset().programme().spectrograph(), sources);
    try (NightglassApp app = NightglassApp.start(config, new LentModel(model))) {
      awaitReady(app);
      try (SurveyRun run = new SurveyRun(config, plan.preset(), world, spectra, mode)) {
        return run.observe(watcher);
      } catch (SurveyFaultException e) {
        throw withCause(e, app);
      }
    }
  }

  private static void awaitReady(NightglassApp app) throws InterruptedException {
    try {
      Object unused = CompletableFuture.anyOf(app.ready(), app.stopped()).get();
    } catch (ExecutionException e) {
      throw new SurveyFaultException(
          "the application did not start: " + NightglassApp.rootCause(e).getMessage());
    }
  }

  /** Where the application has stopped, that is what went wrong. */
  private static SurveyFaultException withCause(SurveyFaultException fault, NightglassApp app) {
    @Nullable Throwable why = app.stopped().handle((nothing, failure) -> failure).getNow(null);
    return why == null
        ? fault
        : new SurveyFaultException(
            fault.getMessage()
                + "; the application has stopped: "
                + NightglassApp.rootCause(why).getMessage());
  }
}

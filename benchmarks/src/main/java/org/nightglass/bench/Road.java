package org.nightglass.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.nightglass.app.LentModel;
import org.nightglass.app.NightglassApp;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.infer.EngineStatistics;
import org.nightglass.infer.SpectrumModel;

/**
 * The whole road: spectra that wait in Kafka, the application in this process, results in Kafka.
 *
 * <p>Every event is in its topic before the application starts. What counts is a {@link Stretch} of
 * it, by the broker's own clock. Results are read only afterwards, and it is an error if one is
 * missing or doubled.
 */
final class Road {
  private static final Duration AT_LEAST = Duration.ofMinutes(1);

  /** Twice as long as the slowest model needed. */
  private static final Duration A_SPECTRUM = Duration.ofMillis(20);

  private static final long SAMPLE_MS = 100;
  private static final int LEAST_WARM_UPS = 3;

  private final Services services;
  private final CpuClock clock;
  private final AtomicInteger runs = new AtomicInteger();

  Road(Services services, CpuClock clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * What came of a run.
   *
   * @param batch spectra in a batch of the model, on average over the stretch that counts
   * @param runs of TensorFlow for 1,000 spectra; 0 for a model without
   * @param rows that TensorFlow ran for each spectrum, padding and every network counted
   */
  record Outcome(Measurement measurement, double batch, double runs, double rows) {

    void addTo(Figures figures, String row) {
      figures.add(row, measurement);
      figures.put("spectra_per_batch." + row, batch);
      figures.put("runs_per_1000." + row, runs);
      figures.put("rows_per_spectrum." + row, rows);
    }
  }

  /**
   * Runs the application and its account with a model that does nothing until the JVM has compiled
   * what is hot: with a real model that would take minutes, in which the compiler has a quarter of
   * the processors.
   *
   * @param times at most
   * @param within no run is begun later than this, but for the first three: a slow machine warms up
   *     with fewer
   */
  void warmUp(Round.Input input, int spectra, int times, Duration within, NoOpModel model)
      throws InterruptedException {
    long began = System.nanoTime();
    for (int run = 0; run < times; run++) {
      if (run >= LEAST_WARM_UPS && System.nanoTime() - began > within.toNanos()) {
        return;
      }
      Apart unused = apart(input, spectra, model);
    }
  }

  /**
   * Runs an application over a whole topic.
   *
   * @param spectra how many there are in it
   * @param model stays open
   * @param more settings beside the defaults
   */
  Outcome run(
      String topic, int spectra, String guarantee, SpectrumModel model, Map<String, String> more)
      throws InterruptedException {
    String name = "bench-" + runs.incrementAndGet();
    NightglassConfig config = config(name, topic, guarantee, more);
    Outcome outcome = run(config, name, spectra, model);
    Outputs.delete(config, name);
    return outcome;
  }

  /** What the stages cost when each has the machine to itself. */
  record Apart(Outcome spectra, Measurement account) {}

  /**
   * Runs an application without the account of the night over a whole topic, then the account over
   * its results: together, the one would leave part of its work until after the other has ended.
   *
   * @param input whose topic it is
   * @param spectra how many there are in it
   * @param model does nothing
   */
  Apart apart(Round.Input input, int spectra, NoOpModel model) throws InterruptedException {
    String topic = input.topic().name();
    String name = "bench-" + runs.incrementAndGet();
    Map<String, String> none = Map.of(Settings.OBSERVATORY_ZONE, "");
    Outcome outcome = run(config(name, topic, Round.EXACTLY_ONCE, none), name, spectra, model);
    NightglassConfig config = config(name, topic, Round.EXACTLY_ONCE, Map.of());
    List<CpuClock.Reading> readings = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread sampler = sampler(clock, readings, over);
    List<long[]> times;
    try (NightglassApp app = NightglassApp.start(config, new LentModel(model))) {
      times =
          Outputs.awaitTargets(
              config, input.night().targets(spectra), patience(spectra), () -> requireRunning(app));
    } finally {
      over.set(true);
      sampler.join();
    }
    Outputs.delete(config, name);
    return new Apart(outcome, Stretch.of(times).measurement(readings));
  }

  private NightglassConfig config(
      String name, String topic, String guarantee, Map<String, String> more) {
    Map<String, String> settings = services.settings(name, topic, guarantee);
    settings.putAll(more);
    return NightglassConfig.of("bench", settings);
  }

  private static Duration patience(int spectra) {
    return A_SPECTRUM.multipliedBy(spectra).plus(AT_LEAST);
  }

  private Outcome run(NightglassConfig config, String name, int spectra, SpectrumModel model)
      throws InterruptedException {
    EngineStatistics before = model.statistics();
    WatchedModel watched = new WatchedModel(model);
    List<CpuClock.Reading> readings = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread sampler = sampler(clock, readings, over);
    try (NightglassApp app = NightglassApp.start(config, watched.lent())) {
      Outputs.awaitReady(app);
      Outputs.awaitCommitted(config, name, spectra, patience(spectra), () -> requireRunning(app));
    } finally {
      over.set(true);
      sampler.join();
    }
    Stretch stretch = Stretch.of(Outputs.times(config, spectra));
    EngineStatistics after = model.statistics();
    return new Outcome(
        stretch.measurement(readings),
        watched.spectraPerBatch(stretch),
        1000.0 * (after.runs() - before.runs()) / spectra,
        (double) (after.rows() - before.rows()) / spectra);
  }

  private static void requireRunning(NightglassApp app) {
    if (app.stopped().isDone()) {
      throw new IllegalStateException("the application has stopped: " + app.stopped());
    }
  }

  /** Starts a thread that takes readings until it is told that all is over. */
  static Thread sampler(CpuClock clock, List<CpuClock.Reading> readings, AtomicBoolean over) {
    Thread sampler = new Thread(() -> sample(clock, readings, over), "cpu-sampler");
    sampler.start();
    return sampler;
  }

  private static void sample(CpuClock clock, List<CpuClock.Reading> readings, AtomicBoolean over) {
    while (!over.get()) {
      readings.add(clock.read());
      try {
        TimeUnit.MILLISECONDS.sleep(SAMPLE_MS);
      } catch (InterruptedException e) {
        return;
      }
    }
    readings.add(clock.read());
  }
}

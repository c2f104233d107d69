package org.nightglass.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.nightglass.app.LentModel;
import org.nightglass.app.NightglassApp;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.SpectrumModel;

/**
 * The whole road: spectra that wait in Kafka, the application in this process, results in Kafka.
 *
 * <p>Every event is in its topic before the application starts. What counts is the stretch between
 * the first quarter and the last tenth of the results by the broker's own clock: start-up and the
 * end, where partitions run dry and batches are small, are left out; in between there is always
 * work. Results are read only afterwards, and it is an error if one is missing or doubled.
 */
final class Road {
  private static final double FROM = 0.25;
  private static final double TO = 0.9;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long SAMPLE_MS = 50;

  private final Services services;
  private final CpuClock clock;
  private final AtomicInteger runs = new AtomicInteger();

  Road(Services services, CpuClock clock) {
    this.services = services;
    this.clock = clock;
  }

  /**
   * Runs an application over a whole topic.
   *
   * @param spectra how many there are in it
   * @param model stays open
   */
  Measurement measure(SpectraTopic topic, int spectra, String guarantee, SpectrumModel model)
      throws InterruptedException {
    String name = "bench-" + runs.incrementAndGet();
    NightglassConfig config = services.config(name, topic.name(), guarantee);
    List<CpuClock.Reading> readings = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    Thread sampler = new Thread(() -> sample(readings, over), "cpu-sampler");
    sampler.start();
    try (NightglassApp app = NightglassApp.start(config, new LentModel(model))) {
      Outputs.awaitReady(app);
      Outputs.awaitCommitted(config, name, spectra, PATIENCE, () -> requireRunning(app));
    } finally {
      over.set(true);
      sampler.join();
    }
    long[] times = Outputs.times(config, spectra);
    Outputs.delete(config);
    int from = (int) (FROM * spectra);
    int to = (int) (TO * spectra);
    return at(readings, times[from] / 1e3).until(at(readings, times[to] / 1e3), to - from);
  }

  private static void requireRunning(NightglassApp app) {
    if (app.stopped().isDone()) {
      throw new IllegalStateException("the application has stopped: " + app.stopped());
    }
  }

  private void sample(List<CpuClock.Reading> readings, AtomicBoolean over) {
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

  private static CpuClock.Reading at(List<CpuClock.Reading> readings, double moment) {
    for (int i = 1; i < readings.size(); i++) {
      if (readings.get(i).seconds() >= moment) {
        return readings.get(i - 1).at(moment, readings.get(i));
      }
    }
    throw new IllegalStateException("a result from after the run");
  }
}

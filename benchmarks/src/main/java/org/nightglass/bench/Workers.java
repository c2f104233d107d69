package org.nightglass.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntFunction;
import org.nightglass.config.NightglassConfig;

/**
 * The whole road by processes of their own, as {@link Road} by this one: spectra that wait in
 * Kafka, one or several processes that share them, results in Kafka.
 *
 * <p>The same stretch counts, so start-up does not; but a JVM compiles what is hot in its first
 * half minute, which does. This process looks on, and is foreign to what it measures.
 */
final class Workers {
  /** Begins the name of the figure of a row's memory, in MB. */
  static final String PEAK = "peak_resident_mb.";

  private static final Duration AT_LEAST = Duration.ofMinutes(5);

  /** No contender is slower, or the run is given up. */
  private static final Duration A_SPECTRUM = Duration.ofMillis(50);

  private final Services services;

  Workers(Services services) {
    this.services = services;
  }

  /**
   * What came of a run.
   *
   * @param peakMegabytes greatest resident memory of each process, added up, in MB; NaN where the
   *     system does not say
   */
  record Outcome(Measurement measurement, double peakMegabytes) {
    void addTo(Figures figures, String row) {
      figures.add(row, measurement);
      if (Double.isFinite(peakMegabytes)) {
        figures.greatest(PEAK + row, peakMegabytes);
      }
    }
  }

  /** Something to be waited for. */
  interface Beginning {
    void run() throws InterruptedException;
  }

  /**
   * Runs processes until they have committed every spectrum, and stops them.
   *
   * @param config with the topics that they read and write; their results stay there
   * @param group under which they commit
   * @param spectra how many there are
   * @param number of processes
   * @param start starts one of them, by its number from 0
   * @param begin what is done once all are started
   */
  Outcome run(
      NightglassConfig config,
      String group,
      int spectra,
      int number,
      IntFunction<Child> start,
      Beginning begin)
      throws InterruptedException {
    SpectraTopic.prepare(config);
    List<Child> children = new ArrayList<>();
    List<CpuClock.Reading> readings = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    double peak;
    try {
      for (int i = 0; i < number; i++) {
        children.add(start.apply(i));
      }
      List<ProcessHandle> processes =
          children.stream().flatMap(child -> child.processes().stream()).toList();
      CpuClock clock = new CpuClock(processes, services.processes());
      Thread sampler = Road.sampler(clock, readings, over);
      try {
        begin.run();
        Duration patience = A_SPECTRUM.multipliedBy(spectra).plus(AT_LEAST);
        Outputs.awaitCommitted(
            config, group, spectra, patience, () -> children.forEach(Child::requireAlive));
      } finally {
        over.set(true);
        sampler.join();
      }
      peak = children.stream().mapToDouble(child -> child.peakMegabytes().orElse(Double.NaN)).sum();
    } finally {
      children.forEach(Child::close);
    }
    return new Outcome(Stretch.of(Outputs.times(config, spectra)).measurement(readings), peak);
  }
}

package org.nightglass.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much of the processors those whose work is measured, their services, and everyone on the
 * machine have used.
 */
final class CpuClock {
  private static final Path STAT = Path.of("/proc/stat");

  /** Of {@code /proc/stat}: a hundredth of a second on every Linux there is. */
  private static final double TICK = 0.01;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final List<ProcessHandle> workers;
  private final List<ProcessHandle> services;

  /**
   * A moment.
   *
   * @param seconds wall clock since 1970
   * @param own CPU seconds of those whose work is measured
   * @param services CPU seconds of the services
   * @param machine CPU seconds of the whole machine; NaN where the system does not say
   */
  record Reading(double seconds, double own, double services, double machine) {

    /** The work between this reading and a later one. */
    Measurement until(Reading end, long spectra) {
      double wall = end.seconds - seconds;
      double ours = end.own - own + end.services - services;
      return new Measurement(
          spectra,
          wall,
          end.own - own,
          end.services - services,
          Math.max(0, (end.machine - machine - ours) / wall));
    }

    /** Between this reading and a later one, at a moment between the two. */
    Reading at(double moment, Reading later) {
      double share = (moment - seconds) / (later.seconds - seconds);
      return new Reading(
          moment,
          own + share * (later.own - own),
          services + share * (later.services - services),
          machine + share * (later.machine - machine));
    }
  }

  /**
   * Of this process's own work.
   *
   * @param services processes whose work is counted beside this one's
   */
  CpuClock(List<ProcessHandle> services) {
    this(List.of(), services);
  }

  /**
   * Of other processes' work, on which this one only looks: it is foreign then.
   *
   * @param workers whose work is measured; if there are none, this process
   * @param services processes whose work is counted beside
   */
  CpuClock(List<ProcessHandle> workers, List<ProcessHandle> services) {
    this.workers = List.copyOf(workers);
    this.services = List.copyOf(services);
  }

  Reading read() {
    double own = workers.isEmpty() ? system.getProcessCpuTime() / 1e9 : seconds(workers);
    return new Reading(System.currentTimeMillis() / 1e3, own, seconds(services), machine());
  }

  private static double seconds(List<ProcessHandle> processes) {
    double seconds = 0;
    for (ProcessHandle process : processes) {
      seconds += process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9;
    }
    return seconds;
  }

  /** user + nice + system + irq + softirq: all that is not idle, waiting or stolen. */
  private static double machine() {
    try {
      String[] fields = Files.readAllLines(STAT).get(0).trim().split("\\s+");
      long ticks = 0;
      for (int i : new int[] {1, 2, 3, 6, 7}) {
        ticks += Long.parseLong(fields[i]);
      }
      return ticks * TICK;
    } catch (IOException | RuntimeException e) {
      return Double.NaN;
    }
  }
}

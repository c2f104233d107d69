package org.nightglass.bench;

import java.util.Arrays;
import java.util.List;

/**
 * The part of a run that counts: from the first quarter of its results to the last tenth. Start-up
 * and the end, where partitions run dry and batches are small, are left out; in between there is
 * always work.
 *
 * @param from when it begins, ms since 1970; not part of it
 * @param to when it ends; part of it
 * @param spectra that were done in it
 */
record Stretch(long from, long to, long spectra) {
  private static final double FROM = 0.25;
  private static final double TO = 0.9;

  /**
   * Results come in batches, each partition's from one thread: a batch that came at one moment was
   * worked on, evenly, since the one before it in its partition. Counting whole batches between two
   * moments would count one too many or too few, by where the threads stand: an eighth of a stretch
   * of a slow model.
   *
   * @param partitions for each, the times of its results by the broker's clock, ms since 1970, in
   *     order
   */
  static Stretch of(List<long[]> partitions) {
    long[] times = partitions.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    long from = times[(int) (FROM * times.length)];
    long to = times[(int) (TO * times.length)];
    double spectra = 0;
    for (long[] partition : partitions) {
      spectra += done(partition, to) - done(partition, from);
    }
    return new Stretch(from, to, Math.round(spectra));
  }

  /**
   * Results of a partition that were done by a moment, part of the next batch among them. Since
   * when its first batch was worked on is not known: it counts as done before.
   */
  private static double done(long[] times, long moment) {
    int before = 0; // results up to the moment
    while (before < times.length && times[before] <= moment) {
      before++;
    }
    int after = before; // with the next batch
    while (after < times.length && times[after] == times[before]) {
      after++;
    }
    if (before == 0 || before == times.length) {
      return after;
    }
    long since = times[before - 1];
    return before + (after - before) * (double) (moment - since) / (times[before] - since);
  }

  boolean contains(long time) {
    return time > from && time <= to;
  }

  /** What it took. */
  Measurement measurement(List<CpuClock.Reading> readings) {
    return at(readings, from / 1e3).until(at(readings, to / 1e3), spectra);
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

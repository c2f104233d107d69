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
 * @param spectra whose results came in it
 */
record Stretch(long from, long to, long spectra) {
  private static final double FROM = 0.25;
  private static final double TO = 0.9;

  /**
   * Results come in batches, many in the same millisecond: all that came after one moment, up to
   * and including another, are counted, not those between two of a batch.
   *
   * @param times of results by the broker's clock, ms since 1970, in order
   */
  static Stretch of(long[] times) {
    long from = times[(int) (FROM * times.length)];
    long to = times[(int) (TO * times.length)];
    long count = Arrays.stream(times).filter(time -> time > from && time <= to).count();
    return new Stretch(from, to, count);
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

package org.nightglass.account;

import static org.nightglass.account.Tallying.ASSIGNED;
import static org.nightglass.account.Tallying.DONE;
import static org.nightglass.account.Tallying.GOOD;
import static org.nightglass.account.Tallying.OBSERVED;
import static org.nightglass.account.Tallying.PROFITS;
import static org.nightglass.account.Tallying.TARGETED;
import static org.nightglass.account.Tallying.VALID;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightState;

/**
 * From a field's counters to its progress: whether it is done, and what it still takes. Leaves
 * revision and time to whoever sends it.
 *
 * <p>Done, after DESI's tiles: the median effective-time fraction of the good fibres reaches the
 * plan's MINTFRAC, and there are enough good fibres. What remains is {@code t_total·(1 − fraction)}
 * with {@code t_total = exposed/fraction}, in the sky-limited regime and in conditions as so far,
 * against the same limit.
 */
public final class FieldWriter {
  private static final int MOST_NAMES = 500;

  private FieldWriter() {}

  /**
   * @param field its id
   * @param counters of that field
   * @param nights where a night stands; null where nothing is known of it
   */
  public static FieldProgress write(
      String field, Counters counters, Function<String, @Nullable NightState> nights) {
    FieldProgress progress = new FieldProgress();
    progress.setFieldId(field);
    progress.setSurvey(last(YieldWriter.names(counters, Tallying.SURVEYS)));
    progress.setProgramme(last(YieldWriter.names(counters, Tallying.PROGRAMMES)));
    String night = last(YieldWriter.names(counters, Tallying.NIGHTS));
    progress.setNight(night);
    NightState state = night == null ? null : nights.apply(night);
    progress.setNightState(night == null ? null : state == null ? NightState.OPEN : state);
    progress.setRevision(0L);
    progress.setMadeAt(Instant.EPOCH);
    progress.setTargeted(counters.get(TARGETED));
    progress.setAssigned(counters.get(ASSIGNED));
    progress.setObserved(counters.get(OBSERVED));
    progress.setValid(counters.get(VALID));
    progress.setGoodZ(counters.get(GOOD));
    progress.setTargetsDone(counters.get(DONE));
    progress.setModels(YieldWriter.names(counters, Tallying.MODELS));
    List<String> profiting = YieldWriter.names(counters, PROFITS);
    progress.setProfiting((long) profiting.size());
    progress.setProfitingTargets(
        List.copyOf(profiting.subList(0, Math.min(MOST_NAMES, profiting.size()))));
    direction(progress, counters);
    Exposures exposures = Exposures.of(counters);
    progress.setExposures(exposures.count());
    boolean coadded = counters.get(Tallying.COADDED) > 0;
    progress.setExposedSeconds((coadded ? exposures.longestMs() : exposures.totalMs()) / 1000.0);
    progress.setLastExposureId(exposures.lastId());
    progress.setLastExposureSpectra(exposures.lastSpectra());
    judge(progress, counters);
    return progress;
  }

  private static void judge(FieldProgress progress, Counters counters) {
    Double limit = greatest(counters, Tallying.MIN_TIME_FRACTION);
    Double fibres = greatest(counters, Tallying.MIN_GOOD_FIBRES);
    double minTimeFraction = limit == null ? 1 : limit;
    progress.setMinTimeFraction(minTimeFraction);
    progress.setMinGoodFibres(fibres == null ? null : (Integer) fibres.intValue());
    Double fraction = Histogram.of(counters, Tallying.FRACTION).quantile(0.5);
    progress.setEffectiveTimeFraction(fraction);
    Double goal = greatest(counters, Tallying.GOAL_SECONDS);
    progress.setEffectiveSeconds(
        fraction == null || goal == null ? null : (Double) (fraction * goal));
    if (fraction == null) {
      String reason =
          counters.get(VALID) == 0
              ? "no usable spectrum yet"
              : "neither plan nor policy sets a goal for the S/N";
      boolean goalless = counters.get(Tallying.NO_GOAL) > 0;
      progress.setDone(goalless ? null : (Boolean) false);
      progress.setDoneNullReason(goalless ? reason : null);
      progress.setRemainingNullReason(reason);
      return;
    }
    boolean deepEnough = fraction >= minTimeFraction;
    boolean fibresEnough = fibres == null || counters.get(VALID) >= fibres;
    progress.setDone(deepEnough && fibresEnough);
    if (deepEnough && !fibresEnough) {
      progress.setRemainingNullReason(
          "deep enough, but %d good fibres of %.0f: time alone will not do"
              .formatted(counters.get(VALID), fibres));
      return;
    }
    remaining(progress, counters, fraction, minTimeFraction);
  }

  private static void remaining(
      FieldProgress progress, Counters counters, double fraction, double limit) {
    if (fraction >= limit) {
      progress.setRemainingSeconds(0.0);
      progress.setRemainingExposures(0);
      return;
    }
    double exposed = progress.getExposedSeconds();
    Double cap = greatest(counters, Tallying.CAP);
    double seconds = exposed / fraction * (limit - fraction);
    if (!(fraction > 0) || !(exposed > 0)) {
      progress.setRemainingNullReason(
          exposed > 0 ? "the median S/N is not positive" : "no exposure states its time");
      return;
    }
    if (cap != null && seconds > cap) {
      progress.setRemainingNullReason(
          "more than %.0f s are missing: the estimate holds no longer".formatted(cap));
      return;
    }
    progress.setRemainingSeconds(seconds);
    Double longest = greatest(counters, Tallying.MAX_EXPOSURE);
    if (longest == null) {
      progress.setRemainingNullReason(
          "neither plan nor policy sets a longest exposure: remaining_exposures is not known");
    } else {
      progress.setRemainingExposures((int) Math.ceil(seconds / longest));
    }
  }

  private static @Nullable Double greatest(Counters counters, String name) {
    return YieldWriter.names(counters, name).stream()
        .map(Double::valueOf)
        .max(Double::compare)
        .orElse(null);
  }

  private static @Nullable String last(List<String> names) {
    return names.isEmpty() ? null : names.get(names.size() - 1);
  }

  private static void direction(FieldProgress progress, Counters counters) {
    List<Double> sum = new ArrayList<>();
    for (int axis = 0; axis < 3; axis++) {
      sum.add((double) counters.get(Counters.name(Tallying.DIRECTION, Integer.toString(axis))));
    }
    double length = Math.sqrt(sum.stream().mapToDouble(x -> x * x).sum());
    if (length > 0) {
      double ra = Math.toDegrees(Math.atan2(sum.get(1), sum.get(0)));
      progress.setRaDeg(ra < 0 ? ra + 360 : ra);
      progress.setDecDeg(Math.toDegrees(Math.asin(sum.get(2) / length)));
    }
  }
}

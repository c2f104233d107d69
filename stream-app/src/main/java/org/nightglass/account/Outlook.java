package org.nightglass.account;

import static org.nightglass.account.Tallying.ASSIGNED;
import static org.nightglass.account.Tallying.GOOD;
import static org.nightglass.account.Tallying.OBSERVED;
import static org.nightglass.account.Tallying.PLANNED_SECONDS;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Forecast;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Pace;

/**
 * Yield per hour so far, against the plan, and what the night will come to. Time is that of the
 * exposures, not of this machine: a night that is replayed years later has the same pace.
 */
final class Outlook {
  private static final double MS_PER_HOUR = 3_600_000;

  private Outlook() {}

  static void add(NightYield yield, Scope scope, Counters counters, @Nullable NightBook night) {
    if (night == null || scope.ofOneClass()) {
      yield.setForecastNullReason("forecasts are made for nights, programmes and fields");
      return;
    }
    Exposures exposures = Exposures.of(counters);
    yield.setPace(pace(counters, exposures));
    forecast(yield, scope, counters, exposures, night);
  }

  private static @Nullable Pace pace(Counters counters, Exposures exposures) {
    Long first = exposures.firstStartMs();
    Long end = exposures.lastEndMs();
    if (first == null || end == null) {
      return null;
    }
    double hours = (end - first) / MS_PER_HOUR;
    return new Pace(
        Instant.ofEpochMilli(first),
        Instant.ofEpochMilli(end),
        hours,
        hours > 0 ? (Double) (counters.get(OBSERVED) / hours) : null,
        hours > 0 ? (Double) (counters.get(GOOD) / hours) : null,
        plannedPerHour(counters));
  }

  /** Targets assigned over the time that the plan gives their fields. */
  private static @Nullable Double plannedPerHour(Counters counters) {
    Map<String, Long> longest = new TreeMap<>();
    counters.under(
        PLANNED_SECONDS,
        (parts, count) -> longest.merge(parts[0], Long.valueOf(parts[1]), Math::max));
    double hours = longest.values().stream().mapToLong(Long::longValue).sum() / 3600.0;
    return hours > 0 ? (Double) (counters.get(ASSIGNED) / hours) : null;
  }

  private static void forecast(
      NightYield yield, Scope scope, Counters counters, Exposures exposures, NightBook night) {
    if (night.closed()) {
      yield.setForecastNullReason("the night is closed");
      return;
    }
    if (scope.field() != null) {
      yield.setForecastNullReason("forecasts are made for whole nights and programmes");
      return;
    }
    List<NightForecast.Field> fields =
        yield.getFields().stream()
            .map(
                field ->
                    new NightForecast.Field(
                        field.getFieldId(),
                        field.getAssigned(),
                        field.getObserved(),
                        field.getGoodZ()))
            .toList();
    NightForecast.Outcome outcome =
        NightForecast.of(
            fields,
            counters.get(Tallying.TARGETED),
            secondsPerField(fields, exposures),
            secondsLeft(exposures, night));
    if (outcome instanceof NightForecast.Expected expected) {
      yield.setForecast(
          new Forecast(
              NightForecast.MODEL,
              expected.remainingFields(),
              expected.remainingTargets(),
              expected.goodZ(),
              expected.goodZLow(),
              expected.goodZHigh(),
              expected.completeness(),
              expected.completenessLow(),
              expected.completenessHigh()));
    } else if (outcome instanceof NightForecast.None none) {
      yield.setForecastNullReason(none.reason());
    }
  }

  private static @Nullable Double secondsPerField(
      List<NightForecast.Field> fields, Exposures exposures) {
    long begun = fields.stream().filter(field -> field.observed() > 0).count();
    Long first = exposures.firstStartMs();
    Long end = exposures.lastEndMs();
    return begun == 0 || first == null || end == null || end <= first
        ? null
        : (Double) ((end - first) / 1000.0 / begun);
  }

  private static @Nullable Double secondsLeft(Exposures exposures, NightBook night) {
    Long planned = night.plannedEndMs();
    Long end = exposures.lastEndMs();
    return planned == null || end == null ? null : (Double) ((planned - end) / 1000.0);
  }
}

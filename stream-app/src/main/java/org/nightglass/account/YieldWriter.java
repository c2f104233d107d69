package org.nightglass.account;

import static org.nightglass.account.Tallying.ASSIGNED;
import static org.nightglass.account.Tallying.ASSIGNED_INVALID;
import static org.nightglass.account.Tallying.ASSIGNED_OBSERVED;
import static org.nightglass.account.Tallying.ASSIGNED_REJECTED;
import static org.nightglass.account.Tallying.ASSIGNED_VALID;
import static org.nightglass.account.Tallying.CLASSIFIED;
import static org.nightglass.account.Tallying.FIELDS;
import static org.nightglass.account.Tallying.GOOD;
import static org.nightglass.account.Tallying.MISMATCH;
import static org.nightglass.account.Tallying.MIX;
import static org.nightglass.account.Tallying.MIX_GOOD;
import static org.nightglass.account.Tallying.MODELS;
import static org.nightglass.account.Tallying.OBSERVED;
import static org.nightglass.account.Tallying.OVERRIDDEN;
import static org.nightglass.account.Tallying.PROCESSING_LATENCY;
import static org.nightglass.account.Tallying.REDSHIFTS;
import static org.nightglass.account.Tallying.REJECTED;
import static org.nightglass.account.Tallying.REJECTS;
import static org.nightglass.account.Tallying.RESULT_LATENCY;
import static org.nightglass.account.Tallying.SKY;
import static org.nightglass.account.Tallying.SKY_ACCEPTED;
import static org.nightglass.account.Tallying.SNR;
import static org.nightglass.account.Tallying.SPECTRA;
import static org.nightglass.account.Tallying.TARGETED;
import static org.nightglass.account.Tallying.UNPLANNED;
import static org.nightglass.account.Tallying.VALID;
import static org.nightglass.account.Tallying.Z_ERR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.ClassMix;
import org.nightglass.avro.FieldCount;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reconciliation;
import org.nightglass.avro.RedshiftHistogram;
import org.nightglass.avro.RejectCount;
import org.nightglass.avro.YieldQuantiles;

/**
 * From counters to the record that consumers read. Leaves revision and time to whoever sends it.
 */
public final class YieldWriter {
  private YieldWriter() {}

  /**
   * @param scope what the counters are of
   * @param counters of that scope
   * @param night where its night stands; null for the survey
   */
  public static NightYield write(Scope scope, Counters counters, @Nullable NightBook night) {
    NightYield yield = new NightYield();
    yield.setNight(scope.night());
    yield.setProgramme(scope.programme());
    yield.setFieldId(scope.field());
    yield.setSelectedAs(scope.selectedAs());
    yield.setClassLabel(scope.found());
    yield.setState(night == null ? NightState.OPEN : night.state());
    yield.setRevision(0L);
    yield.setMadeAt(Instant.EPOCH);
    counts(yield, scope, counters);
    yield.setModels(names(counters, MODELS));
    yield.setRatios(Ratios.of(scope, counters));
    yield.setQuantiles(
        List.of(
            quantiles(counters, SNR, "snr"),
            quantiles(counters, Z_ERR, "z_err"),
            quantiles(counters, RESULT_LATENCY, "result_latency"),
            quantiles(counters, PROCESSING_LATENCY, "processing_latency")));
    yield.setRedshifts(redshifts(counters));
    yield.setClassMix(mix(counters));
    yield.setRejects(rejects(counters));
    yield.setFields(fields(scope, counters));
    if (night != null && night.closed() && counters.get(ASSIGNED) > 0 && scope.found() == null) {
      yield.setReconciliation(reconciliation(counters));
    }
    Outlook.add(yield, scope, counters, night);
    return yield;
  }

  private static void counts(NightYield yield, Scope scope, Counters counters) {
    if (scope.found() == null) {
      yield.setTargeted(counters.get(TARGETED));
      yield.setAssigned(counters.get(ASSIGNED));
    }
    yield.setObserved(counters.get(OBSERVED));
    yield.setValid(counters.get(VALID));
    yield.setClassified(counters.get(CLASSIFIED));
    yield.setGoodZ(counters.get(GOOD));
    yield.setUnplanned(counters.get(UNPLANNED));
    yield.setSpectra(counters.get(SPECTRA));
    yield.setRejectedEvents(counters.get(REJECTED));
    yield.setNightMismatches(counters.get(MISMATCH));
    yield.setOverridden(counters.get(OVERRIDDEN));
    yield.setSkyFibres(counters.get(SKY));
    yield.setSkyAccepted(counters.get(SKY_ACCEPTED));
  }

  static List<String> names(Counters counters, String under) {
    List<String> names = new ArrayList<>();
    counters.under(under, (parts, count) -> names.add(parts[0]));
    return names;
  }

  private static YieldQuantiles quantiles(Counters counters, String counter, String name) {
    Histogram histogram = Histogram.of(counters, counter);
    return new YieldQuantiles(
        name,
        histogram.total(),
        histogram.quantile(0.05),
        histogram.quantile(0.16),
        histogram.quantile(0.50),
        histogram.quantile(0.84),
        histogram.quantile(0.95),
        histogram.quantile(0.99));
  }

  private static List<RedshiftHistogram> redshifts(Counters counters) {
    Map<String, List<Long>> byClass = new TreeMap<>();
    counters.under(
        REDSHIFTS,
        (parts, count) -> {
          List<Long> bins = byClass.computeIfAbsent(parts[0], label -> new ArrayList<>());
          int bin = Integer.parseInt(parts[1]);
          while (bins.size() <= bin) {
            bins.add(0L);
          }
          bins.set(bin, count);
        });
    List<RedshiftHistogram> histograms = new ArrayList<>();
    byClass.forEach(
        (label, bins) ->
            histograms.add(
                new RedshiftHistogram(label, Standings.Z_START, Standings.Z_STEP, bins)));
    return histograms;
  }

  private static List<ClassMix> mix(Counters counters) {
    List<ClassMix> mix = new ArrayList<>();
    counters.under(
        MIX,
        (parts, count) ->
            mix.add(
                new ClassMix(
                    parts[0],
                    parts[1],
                    count,
                    counters.get(Counters.name(MIX_GOOD, parts[0], parts[1])))));
    return mix;
  }

  private static List<RejectCount> rejects(Counters counters) {
    List<RejectCount> rejects = new ArrayList<>();
    counters.under(REJECTS, (parts, count) -> rejects.add(new RejectCount(parts[0], count)));
    return rejects;
  }

  private static List<FieldCount> fields(Scope scope, Counters counters) {
    if (scope.field() != null || scope.ofOneClass()) {
      return Collections.emptyList();
    }
    Map<String, FieldCount> fields = new TreeMap<>();
    counters.under(
        FIELDS,
        (parts, count) -> {
          FieldCount field = fields.computeIfAbsent(parts[0], id -> new FieldCount(id, 0L, 0L, 0L));
          switch (parts[1]) {
            case ASSIGNED -> field.setAssigned(count);
            case OBSERVED -> field.setObserved(count);
            default -> field.setGoodZ(count);
          }
        });
    return List.copyOf(fields.values());
  }

  private static Reconciliation reconciliation(Counters counters) {
    return new Reconciliation(
        counters.get(ASSIGNED),
        counters.get(ASSIGNED_VALID),
        counters.get(ASSIGNED_INVALID),
        counters.get(ASSIGNED_REJECTED),
        counters.get(ASSIGNED) - counters.get(ASSIGNED_OBSERVED));
  }
}

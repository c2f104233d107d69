package org.nightglass.account;

import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.ClassMix;
import org.nightglass.avro.FieldCount;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightState;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reconciliation;
import org.nightglass.avro.RedshiftHistogram;
import org.nightglass.avro.TargetNight;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.YieldQuantiles;
import org.nightglass.avro.YieldRatio;

/**
 * What the products tell, as figures under names: to be compared with {@link BatchFigures}. Figures
 * that are 0 are left out.
 */
public final class Told {
  static final String MODEL = "model ";
  static final String RECONCILED = "reconciled ";
  static final String EXPOSURE = "exposure ";

  private Told() {}

  /** Every count of a yield. */
  public static SortedMap<String, Long> of(NightYield yield) {
    SortedMap<String, Long> told = new TreeMap<>();
    put(told, "targeted", yield.getTargeted());
    put(told, "assigned", yield.getAssigned());
    put(told, "observed", yield.getObserved());
    put(told, "valid", yield.getValid());
    put(told, "classified", yield.getClassified());
    put(told, "good_z", yield.getGoodZ());
    put(told, "unplanned", yield.getUnplanned());
    put(told, "spectra", yield.getSpectra());
    put(told, "rejected_events", yield.getRejectedEvents());
    put(told, "night_mismatches", yield.getNightMismatches());
    put(told, "overridden", yield.getOverridden());
    put(told, "sky_fibres", yield.getSkyFibres());
    put(told, "sky_accepted", yield.getSkyAccepted());
    for (YieldRatio ratio : yield.getRatios()) {
      switch (ratio.getName()) {
        case "observation_completeness" -> put(told, "assigned and observed", ratio.getNumerator());
        case "redshift_completeness" -> put(told, "targeted and good", ratio.getNumerator());
        default -> {}
      }
    }
    for (YieldQuantiles quantiles : yield.getQuantiles()) {
      put(told, quantiles.getName() + " values", quantiles.getCount());
    }
    for (RedshiftHistogram histogram : yield.getRedshifts()) {
      for (int bin = 0; bin < histogram.getCounts().size(); bin++) {
        put(told, "n(z) " + histogram.getClassLabel() + " " + bin, histogram.getCounts().get(bin));
      }
    }
    for (ClassMix mix : yield.getClassMix()) {
      String name = "mix " + mix.getSelectedAs() + " > " + mix.getClassLabel();
      put(told, name + " valid", mix.getValid());
      put(told, name + " good_z", mix.getGoodZ());
    }
    yield.getRejects().forEach(one -> put(told, "reject " + one.getReason(), one.getCount()));
    yield.getModels().forEach(model -> put(told, MODEL + model, 1L));
    for (FieldCount field : yield.getFields()) {
      String name = "field " + field.getFieldId() + " ";
      put(told, name + "assigned", field.getAssigned());
      put(told, name + "observed", field.getObserved());
      put(told, name + "good_z", field.getGoodZ());
    }
    Reconciliation plan = yield.getReconciliation();
    if (plan != null) {
      put(told, RECONCILED + "valid", plan.getValid());
      put(told, RECONCILED + "invalid", plan.getInvalid());
      put(told, RECONCILED + "rejected", plan.getRejected());
      put(told, RECONCILED + "missing", plan.getMissing());
    }
    return told;
  }

  /**
   * Every count of a field's progress. Of its exposures it tells how many there are, and how many
   * spectra the last one has.
   */
  public static SortedMap<String, Long> of(FieldProgress progress) {
    SortedMap<String, Long> told = new TreeMap<>();
    put(told, "targeted", progress.getTargeted());
    put(told, "assigned", progress.getAssigned());
    put(told, "observed", progress.getObserved());
    put(told, "valid", progress.getValid());
    put(told, "good_z", progress.getGoodZ());
    put(told, "targets_done", progress.getTargetsDone());
    put(told, "profiting", progress.getProfiting());
    put(told, "exposures", (long) progress.getExposures());
    put(told, EXPOSURE + progress.getLastExposureId(), progress.getLastExposureSpectra());
    return told;
  }

  /** What a target's state says. */
  public static SortedMap<String, String> of(TargetState state) {
    SortedMap<String, String> told = new TreeMap<>();
    told.put("state", state.getState().name());
    told.put("num_obs", Integer.toString(state.getNumObs()));
    told.put("num_obs_init", Integer.toString(state.getNumObsInit()));
    told.put("num_obs_more", Integer.toString(state.getNumObsMore()));
    told.put("good_z", Boolean.toString(state.getGoodZ()));
    told.put("spectrum_id", String.valueOf(state.getSpectrumId()));
    told.put("class_label", String.valueOf(state.getClassLabel()));
    told.put("z", String.valueOf(state.getZ()));
    told.put("override", state.getOverride() == null ? "null" : state.getOverride().getAction());
    StringJoiner nights = new StringJoiner(", ");
    for (TargetNight night : state.getNights()) {
      nights.add(
          night(
              night.getNight(),
              night.getFieldId(),
              night.getAssigned(),
              night.getOutcome(),
              night.getSpectra()));
    }
    told.put("nights", nights.toString());
    boolean closed = state.getNightState() != null && state.getNightState() != NightState.OPEN;
    told.put("night closed", Boolean.toString(closed));
    return told;
  }

  static String night(
      String night, @Nullable String field, boolean assigned, String outcome, int spectra) {
    return "%s in '%s'%s: %s, %d spectra"
        .formatted(
            night, BatchTarget.orEmpty(field), assigned ? " assigned" : "", outcome, spectra);
  }

  private static void put(SortedMap<String, Long> told, String name, @Nullable Long count) {
    if (count != null && count != 0) {
      told.put(name, count);
    }
  }
}

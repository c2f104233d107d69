package org.nightglass.survey.scheduler;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;

/**
 * What the scheduler believes of a field: from the feedback where it has any, else by reckoning
 * from the exposures that were taken. Not thread-safe.
 */
final class FieldBelief {
  private final CatalogueField field;
  private final Goals goals;
  private List<CatalogueField.Target> wanting;

  /** Effective exposure time so far over the goal. */
  private double fraction;

  /** Share of {@link #wanting} that reckoning takes to have been served since the last feedback. */
  private double served;

  FieldBelief(CatalogueField field, Goals goals) {
    this.field = field;
    this.goals = goals;
    this.wanting = field.targets();
  }

  CatalogueField field() {
    return field;
  }

  double fraction() {
    return fraction;
  }

  /** Targets that want an exposure, as far as is known. */
  List<CatalogueField.Target> wanting() {
    return wanting;
  }

  /** Good redshifts expected of an exposure that adds so much effective-time fraction. */
  double expectedGain(double added) {
    return wanting.size() * (1 - served) * newlyServed(added);
  }

  /** Reckons with an exposure that was taken. */
  void reckon(double added) {
    served += (1 - served) * newlyServed(added);
    fraction += added;
  }

  private double newlyServed(double added) {
    double before = goals.expectedYield(fraction);
    return (goals.expectedYield(fraction + added) - before) / (1 - before);
  }

  /**
   * Takes what the topics say in place of what was reckoned.
   *
   * @param progress of the field; null where there is none yet
   * @param states of targets, by their names
   */
  void learn(@Nullable FieldProgress progress, Map<String, TargetState> states) {
    if (progress != null && progress.getEffectiveTimeFraction() != null) {
      fraction = progress.getEffectiveTimeFraction();
    }
    wanting = field.targets().stream().filter(t -> wants(states.get(t.id()))).toList();
    served = 0;
  }

  private static boolean wants(@Nullable TargetState state) {
    return state == null
        || state.getState() == TargetStateName.UNOBS
        || state.getState() == TargetStateName.MORE_ZGOOD
        || state.getState() == TargetStateName.MORE_ZWARN;
  }
}

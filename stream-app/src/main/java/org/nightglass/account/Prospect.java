package org.nightglass.account;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.avro.TargetStateName;
import org.nightglass.policy.Policies;
import org.nightglass.policy.ProgrammePolicy;

/**
 * Whether a target wants more observation, over the whole survey: the one definition of done.
 *
 * @param state after DESI's merged target list
 * @param numObs usable spectra so far
 * @param numObsInit observations wanted before any was made
 * @param numObsMore observations still wanted
 * @param best the best usable spectrum; null where there is none
 * @param time how far the signal is towards its goal
 * @param policy by which this was decided
 */
record Prospect(
    TargetStateName state,
    int numObs,
    int numObsInit,
    int numObsMore,
    @Nullable Judgement best,
    EffectiveTime time,
    ProgrammePolicy policy) {

  static Prospect of(Ledger ledger, Policies policies) {
    List<Observed> onTarget = ledger.current().stream().filter(Ledger::ofTarget).toList();
    ProgrammePolicy policy = policies.of(programme(ledger, onTarget));
    Overridden word = ledger.override();
    List<Judgement> judgements = Judgement.of(onTarget, policy, word);
    List<Observed> usable =
        judgements.stream()
            .filter(judgement -> judgement.verdict().valid())
            .map(Judgement::spectrum)
            .toList();
    Judgement best = Judgement.best(judgements);
    int init = ledger.plans().stream().mapToInt(Plan::numObsInit).max().orElse(1);
    boolean success = judgements.stream().anyMatch(judgement -> judgement.verdict().success());
    String label = best == null ? null : best.label(word);
    String wantedFor = success ? label : selectedAs(ledger, onTarget, label);
    int wanted = usable.isEmpty() ? init : policy.observations(success, wantedFor, init);
    int more = Math.max(0, wanted - usable.size());
    boolean closed = word != null && word.action().equals(Verdict.DO_NOT_OBSERVE);
    EffectiveTime time =
        EffectiveTime.of(usable, goalSnr(ledger, policy), policy.exposures(), policy.capSeconds());
    return new Prospect(
        state(usable.isEmpty(), success, more, closed),
        usable.size(),
        init,
        closed ? 0 : more,
        best,
        time,
        policy);
  }

  private static TargetStateName state(
      boolean unobserved, boolean success, int more, boolean closed) {
    if (closed) {
      return TargetStateName.DONOTOBSERVE;
    }
    if (unobserved) {
      return TargetStateName.UNOBS;
    }
    if (success) {
      return more > 0 ? TargetStateName.MORE_ZGOOD : TargetStateName.DONE;
    }
    return more > 0 ? TargetStateName.MORE_ZWARN : TargetStateName.OBS;
  }

  static String programme(Ledger ledger, List<Observed> onTarget) {
    Plan plan = ledger.latestPlan();
    if (plan != null) {
      return plan.programme();
    }
    return onTarget.isEmpty() ? ProgrammePolicy.DEFAULT : onTarget.get(0).programme();
  }

  private static @Nullable String selectedAs(
      Ledger ledger, List<Observed> onTarget, @Nullable String otherwise) {
    for (Plan plan : ledger.plans()) {
      if (plan.selectedAs() != null) {
        return plan.selectedAs();
      }
    }
    for (Observed spectrum : onTarget) {
      if (spectrum.selectedAs() != null) {
        return spectrum.selectedAs();
      }
    }
    return otherwise;
  }

  static @Nullable Double goalSnr(Ledger ledger, ProgrammePolicy policy) {
    Plan plan = ledger.latestPlan();
    return plan != null && plan.goalSnr() != null ? plan.goalSnr() : policy.goalSnr();
  }

  /** Effective exposure time so far in seconds; null where fraction or goal is not known. */
  @Nullable Double effectiveSeconds(Ledger ledger) {
    Plan plan = ledger.latestPlan();
    Double planned = plan == null ? null : plan.goalSeconds();
    Double goal = planned != null ? planned : policy.goalEffectiveSeconds();
    Double fraction = time.fraction();
    return goal == null || fraction == null ? null : (Double) (goal * fraction);
  }

  /** Whether no more observation is wanted. */
  boolean finished() {
    return state == TargetStateName.DONE
        || state == TargetStateName.OBS
        || state == TargetStateName.DONOTOBSERVE;
  }

  /** Whether it was observed and wants more. */
  boolean profits() {
    return state == TargetStateName.MORE_ZGOOD || state == TargetStateName.MORE_ZWARN;
  }
}

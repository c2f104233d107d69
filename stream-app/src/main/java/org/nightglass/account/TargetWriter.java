package org.nightglass.account;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.avro.NightState;
import org.nightglass.avro.OverrideWord;
import org.nightglass.avro.TargetNight;
import org.nightglass.avro.TargetState;
import org.nightglass.decide.Warning;
import org.nightglass.policy.Policies;

/** From a target's ledger to its state. Leaves revision and time to whoever sends it. */
public final class TargetWriter {
  private static final int MOST_NIGHTS = 32;

  private final Policies policies;

  public TargetWriter(Policies policies) {
    this.policies = policies;
  }

  /**
   * Whether there is a state to tell of: sky fibres have none. A target of which nothing is left,
   * because the plan that named it was withdrawn, has: it was told of before.
   */
  public static boolean tellsOf(Ledger ledger) {
    return !ledger.plans().isEmpty()
        || ledger.word() != null
        || (ledger.spectra().isEmpty() && ledger.rejected().isEmpty())
        || ledger.spectra().stream().anyMatch(Ledger::ofTarget)
        || ledger.rejected().stream().anyMatch(r -> r.kind().equals(Ledger.TARGET));
  }

  /**
   * @param standings of the target's nights
   * @param nights where a night stands; null where nothing is known of it
   */
  public TargetState write(
      Ledger ledger, List<Standing> standings, Function<String, @Nullable NightState> nights) {
    Prospect prospect = Prospect.of(ledger, policies);
    TargetState state = new TargetState();
    state.setTargetId(ledger.target());
    state.setState(prospect.state());
    state.setNumObs(prospect.numObs());
    state.setNumObsInit(prospect.numObsInit());
    state.setNumObsMore(prospect.numObsMore());
    state.setEffectiveTimeFraction(prospect.time().fraction());
    state.setEffectiveSeconds(prospect.effectiveSeconds(ledger));
    state.setExtraSeconds(prospect.time().extraSeconds());
    state.setTimeNullReason(prospect.time().reason());
    state.setPolicy(prospect.policy().name() + "/" + prospect.policy().fingerprint());
    state.setRevision(0L);
    state.setMadeAt(Instant.EPOCH);
    identify(state, ledger, standings);
    Overridden word = ledger.override();
    best(state, prospect.best(), word);
    state.setOverride(
        word == null
            ? null
            : new OverrideWord(
                word.action(), word.by(), Instant.ofEpochMilli(word.atMs()), word.reason()));
    nights(state, ledger, standings, nights);
    return state;
  }

  private static void identify(TargetState state, Ledger ledger, List<Standing> standings) {
    Plan plan = ledger.latestPlan();
    Observed spectrum = ledger.current().stream().filter(Ledger::ofTarget).findFirst().orElse(null);
    if (plan != null) {
      state.setSurvey(plan.survey());
      state.setRaDeg(plan.raDeg());
      state.setDecDeg(plan.decDeg());
    } else if (spectrum != null) {
      state.setSurvey(spectrum.survey());
      state.setRaDeg(spectrum.raDeg());
      state.setDecDeg(spectrum.decDeg());
    }
    if (!standings.isEmpty()) {
      Standing latest = standings.get(standings.size() - 1);
      state.setProgramme(latest.programme());
      state.setFieldId(latest.field());
      state.setSelectedAs(latest.selectedAs());
    }
  }

  private static void best(TargetState state, @Nullable Judgement best, @Nullable Overridden word) {
    state.setGoodZ(best != null && best.verdict().good());
    if (best == null) {
      state.setWarnings(List.of());
      state.setWhyNotGood(List.of());
      return;
    }
    Observed spectrum = best.spectrum();
    state.setSpectrumId(spectrum.spectrum());
    state.setClassLabel(best.label(word));
    state.setClassProbability(spectrum.probability());
    state.setZ(best.z(word));
    state.setZErr(best.zErr(word));
    state.setSnr(spectrum.snr());
    state.setModel(spectrum.model());
    state.setWhyNotGood(best.verdict().whyNot());
    List<String> warnings = new ArrayList<>();
    for (Warning warning : Warning.values()) {
      if ((spectrum.warnings() >> warning.bit() & 1) != 0) {
        warnings.add(warning.name());
      }
    }
    state.setWarnings(warnings);
  }

  private static void nights(
      TargetState state,
      Ledger ledger,
      List<Standing> standings,
      Function<String, @Nullable NightState> nights) {
    List<TargetNight> told = new ArrayList<>();
    for (Standing standing : standings) {
      String night = String.valueOf(standing.night());
      NightState nightState = nights.apply(night);
      boolean closed = nightState != null && nightState != NightState.OPEN;
      int spectra =
          (int) standing.facts().stream().filter(f -> !f.sky() && f.rejected() == null).count();
      told.add(
          new TargetNight(
              night,
              standing.field(),
              standing.assigned(),
              outcome(standing, spectra, closed),
              spectra));
      state.setNight(night);
      state.setNightState(nightState == null ? NightState.OPEN : nightState);
    }
    state.setNights(List.copyOf(told.subList(Math.max(0, told.size() - MOST_NIGHTS), told.size())));
  }

  private static String outcome(Standing standing, int spectra, boolean closed) {
    if (standing.good()) {
      return "GOOD_Z";
    }
    if (standing.valid()) {
      return "VALID";
    }
    if (standing.observed()) {
      return spectra > 0 ? "INVALID" : "REJECTED";
    }
    if (!standing.assigned()) {
      return "NOT_ASSIGNED";
    }
    return closed ? "MISSING" : "PENDING";
  }
}

package org.nightglass.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Standing.Fact;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.account.TargetEvent.Rejected;
import org.nightglass.policy.Policies;
import org.nightglass.policy.ProgrammePolicy;

/** From a target's ledger to what its fields count of it. Sky fibres count in no field. */
public final class FieldStandings {
  private static final double MILLIONTHS = 1e6;

  private final Policies policies;

  public FieldStandings(Policies policies) {
    this.policies = policies;
  }

  /** In every one of its fields, in order. */
  public List<FieldStanding> of(Ledger ledger) {
    Prospect prospect = Prospect.of(ledger, policies);
    return ledger.fields().stream()
        .map(field -> of(ledger, field, prospect))
        .flatMap(Optional::stream)
        .toList();
  }

  private Optional<FieldStanding> of(Ledger ledger, String field, Prospect prospect) {
    List<Plan> plans = ledger.plans().stream().filter(p -> p.field().equals(field)).toList();
    List<Observed> spectra =
        ledger.current().stream()
            .filter(Ledger::ofTarget)
            .filter(spectrum -> spectrum.field().equals(field))
            .toList();
    List<Rejected> refused =
        ledger.unredeemed().stream()
            .filter(r -> r.kind().equals(Ledger.TARGET) && r.field().equals(field))
            .toList();
    Plan plan = plans.isEmpty() ? null : plans.get(plans.size() - 1);
    String programme = programme(plan, spectra, refused);
    ProgrammePolicy policy = policies.of(programme);
    List<Judgement> judgements = Judgement.of(spectra, policy, ledger.override());
    List<Observed> usable =
        judgements.stream().filter(j -> j.verdict().valid()).map(Judgement::spectrum).toList();
    Judgement best = Judgement.best(judgements);
    EffectiveTime time =
        EffectiveTime.of(
            usable,
            plan != null && plan.goalSnr() != null ? plan.goalSnr() : policy.goalSnr(),
            policy.exposures(),
            policy.capSeconds());
    Double fraction = time.fraction();
    Integer goodFibres = plan == null ? null : plan.minGoodFibres();
    Double timeFraction = plan == null ? null : plan.minTimeFraction();
    Double longest = plan == null ? null : plan.maxExposureSeconds();
    Double goalSeconds = plan == null ? null : plan.goalSeconds();
    return Optional.of(
        new FieldStanding(
            ledger.target(),
            field,
            survey(plan, spectra, refused),
            programme,
            latestNight(plans, spectra, refused),
            !plans.isEmpty(),
            plans.stream().anyMatch(Plan::assigned),
            !spectra.isEmpty() || !refused.isEmpty(),
            best != null,
            best != null && best.verdict().good(),
            prospect.finished(),
            best != null && prospect.profits(),
            best == null || fraction == null ? null : (Integer) LogBins.bin(fraction),
            goodFibres != null ? goodFibres : policy.minGoodFibres(),
            timeFraction != null ? timeFraction : policy.minTimeFraction(),
            longest != null ? longest : policy.maxExposureSeconds(),
            policy.capSeconds(),
            policy.exposures() == ProgrammePolicy.Exposures.COADDED,
            direction(plan, spectra),
            facts(spectra, refused),
            goalSeconds != null ? goalSeconds : policy.goalEffectiveSeconds()));
  }

  private static String programme(
      @Nullable Plan plan, List<Observed> spectra, List<Rejected> refused) {
    return plan != null
        ? plan.programme()
        : spectra.isEmpty() ? refused.get(0).programme() : spectra.get(0).programme();
  }

  private static String survey(
      @Nullable Plan plan, List<Observed> spectra, List<Rejected> refused) {
    return plan != null
        ? plan.survey()
        : spectra.isEmpty() ? refused.get(0).survey() : spectra.get(0).survey();
  }

  private static String latestNight(
      List<Plan> plans, List<Observed> spectra, List<Rejected> refused) {
    List<String> nights = new ArrayList<>();
    plans.forEach(plan -> nights.add(plan.night()));
    spectra.forEach(spectrum -> nights.add(spectrum.night()));
    refused.forEach(reject -> nights.add(reject.night()));
    return nights.stream().max(String::compareTo).orElse("");
  }

  private static List<Long> direction(@Nullable Plan plan, List<Observed> spectra) {
    Double ra = plan != null ? plan.raDeg() : spectra.isEmpty() ? null : spectra.get(0).raDeg();
    Double dec = plan != null ? plan.decDeg() : spectra.isEmpty() ? null : spectra.get(0).decDeg();
    if (ra == null || dec == null) {
      return List.of();
    }
    double a = Math.toRadians(ra);
    double d = Math.toRadians(dec);
    return List.of(
        Math.round(MILLIONTHS * Math.cos(d) * Math.cos(a)),
        Math.round(MILLIONTHS * Math.cos(d) * Math.sin(a)),
        Math.round(MILLIONTHS * Math.sin(d)));
  }

  private static List<Fact> facts(List<Observed> spectra, List<Rejected> refused) {
    List<Fact> facts = new ArrayList<>();
    for (Observed spectrum : spectra) {
      Standings.Exposure exposure = Standings.Exposure.of(spectrum);
      facts.add(
          new Fact(
              spectrum.exposure(),
              exposure.startMs(),
              exposure.lengthMs(),
              false,
              false,
              false,
              null,
              spectrum.model(),
              null,
              null));
    }
    for (Rejected reject : refused) {
      facts.add(
          new Fact(
              reject.exposure(), 0, 0, false, false, false, reject.reason(), null, null, null));
    }
    return facts;
  }
}

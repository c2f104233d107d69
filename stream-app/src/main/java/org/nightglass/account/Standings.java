package org.nightglass.account;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Standing.Fact;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.account.TargetEvent.Rejected;
import org.nightglass.night.Mjd;
import org.nightglass.policy.Policies;
import org.nightglass.policy.ProgrammePolicy;

/** From a target's ledger to what the yields count of it. */
public final class Standings {
  /** n(z): bins of this width from {@link #Z_START} on. */
  static final double Z_STEP = 0.05;

  static final double Z_START = -0.05;
  private static final int Z_BINS = 400;

  private final Policies policies;

  public Standings(Policies policies) {
    this.policies = policies;
  }

  /** In every one of its nights, in order. */
  public List<Standing> nights(Ledger ledger) {
    return ledger.nights().stream()
        .map(night -> of(ledger, night))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Over the whole survey; empty for what is no target and no sky fibre. */
  public Optional<Standing> survey(Ledger ledger) {
    return of(ledger, null);
  }

  private Optional<Standing> of(Ledger ledger, @Nullable String night) {
    List<Plan> plans = ledger.plans().stream().filter(p -> in(night, p.night())).toList();
    List<Observed> spectra = ledger.current().stream().filter(s -> in(night, s.night())).toList();
    List<Rejected> refused =
        ledger.unredeemed().stream().filter(r -> in(night, r.night())).toList();
    List<Observed> onTarget = spectra.stream().filter(Ledger::ofTarget).toList();
    long refusedOnTarget =
        refused.stream().filter(reject -> reject.kind().equals(Ledger.TARGET)).count();
    Home home = Home.of(plans, spectra, refused);
    if (home == null) {
      return Optional.empty();
    }
    ProgrammePolicy policy = policies.of(home.programme());
    Overridden word = ledger.override();
    List<Judgement> judgements = Judgement.of(onTarget, policy, word);
    Judgement best = Judgement.best(judgements);
    boolean good = best != null && best.verdict().good();
    return Optional.of(
        new Standing(
            night,
            home.programme(),
            home.field(),
            selectedAs(plans, onTarget),
            !plans.isEmpty(),
            plans.stream().anyMatch(Plan::assigned),
            !onTarget.isEmpty() || refusedOnTarget > 0,
            best != null,
            best != null && best.verdict().classified(),
            good,
            word != null && home.ofTarget(),
            best == null ? null : best.label(word),
            best == null ? null : (Integer) LogBins.bin(best.spectrum().snr()),
            errorBin(best, word),
            redshiftBin(best, word),
            plannedSeconds(plans),
            facts(spectra, refused, night != null)));
  }

  private static boolean in(@Nullable String night, String of) {
    return night == null || night.equals(of);
  }

  private static @Nullable String selectedAs(List<Plan> plans, List<Observed> spectra) {
    return Stream.concat(
            plans.stream().map(Plan::selectedAs), spectra.stream().map(Observed::selectedAs))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  private static @Nullable Long plannedSeconds(List<Plan> plans) {
    Double seconds = plans.isEmpty() ? null : plans.get(plans.size() - 1).plannedSeconds();
    return seconds == null ? null : (Long) Math.round(seconds);
  }

  private static @Nullable Integer errorBin(@Nullable Judgement best, @Nullable Overridden word) {
    Double error = best == null || !best.verdict().good() ? null : best.zErr(word);
    return error == null ? null : (Integer) LogBins.bin(error);
  }

  private static @Nullable Integer redshiftBin(
      @Nullable Judgement best, @Nullable Overridden word) {
    Double z = best == null || !best.verdict().good() ? null : best.z(word);
    if (z == null) {
      return null;
    }
    int bin = (int) Math.floor((z - Z_START) / Z_STEP);
    return Math.max(0, Math.min(Z_BINS - 1, bin));
  }

  private List<Fact> facts(List<Observed> spectra, List<Rejected> refused, boolean exposures) {
    List<Fact> facts = new ArrayList<>();
    spectra.forEach(spectrum -> facts.add(fact(spectrum, exposures)));
    for (Rejected reject : refused) {
      facts.add(
          new Fact(
              exposures ? reject.exposure() : null,
              /* startMs= */ 0,
              /* exposureMs= */ 0,
              reject.kind().equals(Ledger.SKY),
              false,
              false,
              reject.reason(),
              null,
              null,
              null));
    }
    return facts;
  }

  private Fact fact(Observed spectrum, boolean exposures) {
    boolean sky = spectrum.kind().equals(Ledger.SKY);
    boolean accepted =
        sky && Verdict.of(spectrum, policies.of(spectrum.programme()), /* word= */ null).good();
    Exposure exposure = Exposure.of(spectrum);
    Double seconds = spectrum.exposureSeconds();
    return new Fact(
        exposures ? spectrum.exposure() : null,
        exposures ? exposure.startMs() : 0,
        exposures ? exposure.lengthMs() : 0,
        sky,
        accepted,
        spectrum.mismatch(),
        null,
        spectrum.model(),
        !exposures || seconds == null
            ? null
            : (Integer) LogBins.bin((spectrum.emittedMs() - exposure.endMs()) / 1000.0),
        !exposures
            ? null
            : (Integer) LogBins.bin((spectrum.emittedMs() - spectrum.ingestedMs()) / 1000.0));
  }

  /** When a spectrum was exposed, to the millisecond. */
  record Exposure(long startMs, long lengthMs) {
    static Exposure of(Observed spectrum) {
      Double seconds = spectrum.exposureSeconds();
      return new Exposure(
          Mjd.instant(spectrum.mjd()).toEpochMilli(),
          seconds == null ? 0 : Math.round(seconds * 1000));
    }

    long endMs() {
      return startMs + lengthMs;
    }
  }

  /** Where a target is counted: where the latest plan puts it, else where it was first seen. */
  private record Home(String programme, String field, boolean ofTarget) {
    static @Nullable Home of(List<Plan> plans, List<Observed> spectra, List<Rejected> refused) {
      if (!plans.isEmpty()) {
        Plan latest = plans.get(plans.size() - 1);
        return new Home(latest.programme(), latest.field(), true);
      }
      if (!spectra.isEmpty()) {
        Observed first = spectra.get(0);
        return new Home(first.programme(), first.field(), Ledger.ofTarget(first));
      }
      if (!refused.isEmpty()) {
        Rejected first = refused.get(0);
        return new Home(first.programme(), first.field(), first.kind().equals(Ledger.TARGET));
      }
      return null;
    }
  }
}

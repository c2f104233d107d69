package org.nightglass.account;

import static org.nightglass.account.BatchTarget.orEmpty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;

/**
 * The account of the night as a batch job would make it, once all is over: sets and maps over the
 * records themselves, by the rules in the schemas, sharing no code with the account that it checks.
 * {@link BatchFigures} adds it up.
 */
public final class BatchAccount {
  private static final Set<String> PROGRAMMES = Set.of("dark", "bright");

  private final Map<String, BatchTarget> targets = new TreeMap<>();
  private final Map<String, SpectrumResult> skyFibres = new TreeMap<>();
  private final Set<String> everKnown = new HashSet<>();
  private final Map<String, NightEvent> words = new HashMap<>();
  private final Set<String> closed = new HashSet<>();
  private final Map<String, TreeMap<String, PlannedTarget>> plans = new TreeMap<>();
  private int refusedPlans;

  private BatchAccount() {}

  /** The account of records in the order in which they were sent. */
  public static BatchAccount of(List<Step> steps) {
    BatchAccount account = new BatchAccount();
    List<SpectrumResult> results = new ArrayList<>();
    List<Reject> rejects = new ArrayList<>();
    Map<String, TargetOverride> latest = new HashMap<>();
    for (Step step : steps) {
      switch (step.input()) {
        case RESULTS -> results.add((SpectrumResult) step.value());
        case REJECTS -> rejects.add((Reject) step.value());
        case PLAN -> account.plan(step);
        case OVERRIDES ->
            latest.merge(
                step.key(),
                (TargetOverride) step.value(),
                (one, other) -> other.getAt().isAfter(one.getAt()) ? other : one);
        case NIGHT_EVENTS -> account.say((NightEvent) step.value());
      }
    }
    account.gather(newest(results), rejects, latest);
    return account;
  }

  private void say(NightEvent word) {
    NightEvent before = words.get(word.getNight());
    if (before != null && word.getAt().isBefore(before.getAt())) {
      return;
    }
    words.put(word.getNight(), word);
    if (word.getType() == NightEventType.CLOSED) {
      closed.add(word.getNight());
    } else if (word.getType() == NightEventType.REOPENED) {
      closed.remove(word.getNight());
    }
  }

  private void plan(Step step) {
    int slash = step.key().indexOf('/');
    String night = step.key().substring(0, slash);
    String target = step.key().substring(slash + 1);
    TreeMap<String, PlannedTarget> ofTarget =
        plans.computeIfAbsent(target, name -> new TreeMap<>());
    PlannedTarget standing = ofTarget.get(night);
    PlannedTarget plan = (PlannedTarget) step.value();
    if (stands(night, plan, standing)) {
      if (plan == null) {
        ofTarget.remove(night);
      } else {
        ofTarget.put(night, plan);
        everKnown.add(target);
      }
    } else {
      refusedPlans++;
    }
  }

  private boolean stands(
      String night, @Nullable PlannedTarget plan, @Nullable PlannedTarget standing) {
    if (plan == null) {
      return standing == null || !closed.contains(night);
    }
    if (!PROGRAMMES.contains(plan.getProgramme())
        || (plan.getGoalSnr() != null && plan.getGoalSnr() <= 0)) {
      return false;
    }
    // All of these plans were made before their night was closed, however late they come.
    return standing == null
        || sameButBlank(plan, standing)
        || (plan.getFieldId().equals(standing.getFieldId())
            && plan.getProgramme().equals(standing.getProgramme()));
  }

  /** Equal; it makes no difference whether a class is empty or not given. */
  private static boolean sameButBlank(PlannedTarget one, PlannedTarget other) {
    PlannedTarget left = PlannedTarget.newBuilder(one).build();
    PlannedTarget right = PlannedTarget.newBuilder(other).build();
    left.setSelectedAs(orEmpty(one.getSelectedAs()));
    right.setSelectedAs(orEmpty(other.getSelectedAs()));
    return left.equals(right);
  }

  /** Of each spectrum the result that stands; standard stars are left out. */
  private static Map<String, SpectrumResult> newest(List<SpectrumResult> results) {
    Map<String, List<SpectrumResult>> bySpectrum = new HashMap<>();
    for (SpectrumResult result : results) {
      if (result.getKind() != ObjectKind.STANDARD) {
        bySpectrum.computeIfAbsent(result.getSpectrumId(), id -> new ArrayList<>()).add(result);
      }
    }
    Map<String, SpectrumResult> standing = new TreeMap<>();
    bySpectrum.forEach((id, all) -> standing.put(id, standing(all)));
    return standing;
  }

  /** Of the newest reduction the first result of each model, and of those the last one. */
  private static SpectrumResult standing(List<SpectrumResult> all) {
    int newest = all.stream().mapToInt(BatchAccount::reduction).max().orElseThrow();
    Map<String, SpectrumResult> first = new HashMap<>();
    for (SpectrumResult one : all) {
      if (reduction(one) == newest) {
        first.merge(one.getModelVersion(), one, (a, b) -> later(a, b) ? b : a);
      }
    }
    return first.values().stream().reduce((a, b) -> later(a, b) ? a : b).orElseThrow();
  }

  private static boolean later(SpectrumResult one, SpectrumResult other) {
    return one.getEmittedAt().isAfter(other.getEmittedAt());
  }

  /** Versions of the histories are 1.N. */
  private static int reduction(SpectrumResult result) {
    return Integer.parseInt(result.getReductionVersion().substring(2));
  }

  private void gather(
      Map<String, SpectrumResult> standing,
      List<Reject> rejects,
      Map<String, TargetOverride> latest) {
    everKnown.addAll(latest.keySet());
    everKnown.forEach(name -> target(name, latest));
    standing.forEach(
        (id, result) -> {
          if (result.getKind() == ObjectKind.SKY) {
            skyFibres.put(id, result);
          } else {
            target(result.getTargetId(), latest).spectra().put(id, result);
          }
        });
    for (Reject reject : rejects) {
      if ("TARGET".equals(reject.getKind())) {
        BatchTarget target = target(reject.getTargetId(), latest);
        if (!standing.containsKey(reject.getSpectrumId())) {
          target
              .refused()
              .merge(
                  String.valueOf(reject.getSpectrumId()),
                  reject,
                  (a, b) -> b.getRejectedAt().isAfter(a.getRejectedAt()) ? b : a);
        }
      }
    }
  }

  private BatchTarget target(String name, Map<String, TargetOverride> latest) {
    TargetOverride said = latest.get(name);
    TargetOverride word = said != null && said.getAction() == OverrideAction.CLEAR ? null : said;
    return targets.computeIfAbsent(
        name,
        unused ->
            new BatchTarget(
                name,
                plans.getOrDefault(name, new TreeMap<>()),
                new TreeMap<>(),
                new TreeMap<>(),
                word));
  }

  /** Everything of which anything was ever heard, by name. */
  Map<String, BatchTarget> targets() {
    return targets;
  }

  /** Spectra of empty sky that stand, by spectrum. */
  Map<String, SpectrumResult> skyFibres() {
    return skyFibres;
  }

  /** Plan records that could not stand. */
  public int refusedPlans() {
    return refusedPlans;
  }

  /** Whether a night's figures are final, revised or not. */
  public boolean closed(String night) {
    return closed.contains(night);
  }

  /** Nights on which an observer spoke. */
  public Set<String> nightsSpokenOf() {
    return words.keySet();
  }
}

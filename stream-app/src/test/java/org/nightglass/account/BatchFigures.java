package org.nightglass.account;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.SpectrumResult;

/**
 * A batch account added up: every figure that the products tell, under the names of {@link Told}.
 * Figures that are 0 are left out.
 *
 * @param nights figures of night-yield, by key
 * @param survey figures of survey-yield, by key
 * @param fields figures of field-progress, by field
 * @param targets what target-state says, by target
 */
public record BatchFigures(
    Map<String, SortedMap<String, Long>> nights,
    Map<String, SortedMap<String, Long>> survey,
    Map<String, SortedMap<String, Long>> fields,
    Map<String, SortedMap<String, String>> targets) {

  /** Adds an account up. */
  public static BatchFigures of(BatchAccount account) {
    BatchFigures figures =
        new BatchFigures(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    account.targets().values().forEach(target -> figures.add(account, target));
    account.skyFibres().values().forEach(figures::add);
    return figures;
  }

  /** Adds the survey's figures of others: histories of different targets. */
  public void addSurvey(BatchFigures others) {
    others.survey.forEach(
        (key, counts) -> {
          SortedMap<String, Long> sum = survey.computeIfAbsent(key, unused -> new TreeMap<>());
          counts.forEach((name, count) -> sum.merge(name, count, merger(name)));
        });
  }

  /** Figures of night-yield; those of a plan are told once its night is closed. */
  public Map<String, SortedMap<String, Long>> nightsAsTold(BatchAccount account) {
    Map<String, SortedMap<String, Long>> known = new TreeMap<>();
    nights.forEach(
        (key, counts) -> {
          SortedMap<String, Long> told = new TreeMap<>(counts);
          if (!account.closed(key.substring(0, key.indexOf('/')))) {
            told.keySet().removeIf(name -> name.startsWith(Told.RECONCILED));
          }
          known.put(key, told);
        });
    return known;
  }

  /**
   * Figures of field-progress, which tells the spectra of one exposure only, and how many there
   * are.
   *
   * @param told of each field: says which exposure it is
   */
  public Map<String, SortedMap<String, Long>> fieldsAsTold(
      Map<String, SortedMap<String, Long>> told) {
    Map<String, SortedMap<String, Long>> known = new TreeMap<>();
    fields.forEach(
        (field, counts) -> {
          Set<String> names = told.getOrDefault(field, new TreeMap<>()).keySet();
          SortedMap<String, Long> some = new TreeMap<>(counts);
          some.keySet().removeIf(name -> name.startsWith(Told.EXPOSURE) && !names.contains(name));
          long exposures =
              counts.keySet().stream().filter(name -> name.startsWith(Told.EXPOSURE)).count();
          count(some, "exposures", exposures);
          known.put(field, some);
        });
    return known;
  }

  private static BinaryOperator<Long> merger(String name) {
    return name.startsWith(Told.MODEL) ? Math::max : Long::sum;
  }

  private static void count(SortedMap<String, Long> counts, String name, long by) {
    if (by != 0) {
      counts.merge(name, by, merger(name));
    }
  }

  private static void countIf(SortedMap<String, Long> counts, boolean holds, String name) {
    count(counts, name, holds ? 1 : 0);
  }

  private void add(BatchAccount account, BatchTarget target) {
    for (String night : target.nights()) {
      BatchTarget part = target.in(night);
      for (Scope scope : Scope.of(night, part)) {
        count(part, scope, nights.computeIfAbsent(scope.key(), key -> new TreeMap<>()));
      }
    }
    if (!target.nights().isEmpty()) {
      for (Scope scope : Scope.of(null, target)) {
        count(target, scope, survey.computeIfAbsent(scope.key(), key -> new TreeMap<>()));
      }
    }
    State state = State.of(target);
    for (String field : target.fields()) {
      SortedMap<String, Long> counts = fields.computeIfAbsent(field, key -> new TreeMap<>());
      countInField(target.inField(field), state, counts);
    }
    targets.put(target.name(), state.told(account, target));
  }

  private void add(SpectrumResult sky) {
    String night = BatchTarget.night(sky);
    boolean accepted = BatchPolicy.of(sky.getProgramme()).good(sky);
    for (String key :
        Set.of(
            night + "///",
            night + "/" + sky.getProgramme() + "//",
            night + "/" + sky.getProgramme() + "/" + sky.getFieldId() + "/")) {
      sky(nights.computeIfAbsent(key, unused -> new TreeMap<>()), accepted);
    }
    sky(survey.computeIfAbsent(sky.getProgramme() + "/", key -> new TreeMap<>()), accepted);
  }

  private static void sky(SortedMap<String, Long> counts, boolean accepted) {
    count(counts, "sky_fibres", 1);
    countIf(counts, accepted, "sky_accepted");
  }

  /** Where a target counts. */
  private record Scope(
      String key, boolean found, boolean ofOneClass, boolean ofField, boolean ofSurvey) {
    static Set<Scope> of(@Nullable String night, BatchTarget part) {
      Set<Scope> scopes = new HashSet<>();
      boolean survey = night == null;
      String selected = part.selectedAs();
      SpectrumResult best = part.best(BatchPolicy.of(part.programme()));
      String label = best == null ? null : part.label(best);
      for (String programme : new HashSet<>(List.of("", part.programme()))) {
        if (survey && programme.isEmpty()) {
          continue; // the survey is told by programme only
        }
        String start = survey ? programme + "/" : night + "/" + programme + "//";
        scopes.add(new Scope(start, false, false, false, survey));
        if (selected != null) {
          scopes.add(new Scope(start + selected, false, true, false, survey));
        }
        if (label != null) {
          scopes.add(new Scope(start + ">" + label, true, true, false, survey));
        }
      }
      if (!survey && !part.field().isEmpty() && !part.programme().isEmpty()) {
        scopes.add(
            new Scope(
                night + "/" + part.programme() + "/" + part.field() + "/",
                false,
                false,
                true,
                false));
      }
      return scopes;
    }
  }

  private static void count(BatchTarget part, Scope scope, SortedMap<String, Long> counts) {
    BatchPolicy policy = BatchPolicy.of(part.programme());
    SpectrumResult best = part.best(policy);
    boolean good = best != null && part.good(best, policy);
    if (!scope.found()) {
      countIf(counts, part.targeted(), "targeted");
      countIf(counts, part.assigned(), "assigned");
      countIf(counts, part.assigned() && part.observed(), "assigned and observed");
      countIf(counts, part.targeted() && good, "targeted and good");
      if (!scope.ofSurvey()) { // which is never closed
        reconcile(part, best != null, counts);
      }
    }
    countIf(counts, part.observed(), "observed");
    countIf(counts, part.observed() && !part.targeted(), "unplanned");
    countIf(counts, part.word() != null, "overridden");
    countSpectra(part, counts);
    if (!scope.ofOneClass() && !scope.ofSurvey()) {
      countLatencies(part, counts);
    }
    if (!scope.ofOneClass() && !scope.ofSurvey() && !scope.ofField()) {
      String field = "field " + part.field() + " ";
      countIf(counts, part.assigned(), field + "assigned");
      countIf(counts, part.assigned() && part.observed(), field + "observed");
      countIf(counts, part.assigned() && good, field + "good_z");
    }
    if (best != null) {
      countBest(part, best, good, policy, counts);
    }
  }

  private static void countBest(
      BatchTarget part,
      SpectrumResult best,
      boolean good,
      BatchPolicy policy,
      SortedMap<String, Long> counts) {
    count(counts, "valid", 1);
    count(counts, "snr values", 1);
    countIf(counts, part.classified(best, policy), "classified");
    countIf(counts, good, "good_z");
    String label = part.label(best);
    String selected = BatchTarget.orEmpty(part.selectedAs());
    count(counts, "mix " + selected + " > " + label + " valid", 1);
    countIf(counts, good, "mix " + selected + " > " + label + " good_z");
    boolean error = best.getZErr() != null && !part.personsRedshift();
    countIf(counts, good && error, "z_err values");
    Double z = part.z(best);
    if (good && z != null) {
      count(counts, "n(z) " + label + " " + (int) Math.floor((z + 0.05) / 0.05), 1);
    }
  }

  private static void countSpectra(BatchTarget part, SortedMap<String, Long> counts) {
    count(counts, "spectra", part.spectra().size());
    count(counts, "rejected_events", part.refused().size());
    part.refused().values().forEach(one -> count(counts, "reject " + one.getReason(), 1));
    for (SpectrumResult spectrum : part.spectra().values()) {
      boolean mismatch = (spectrum.getWarningBits() & 1L << 11) != 0;
      countIf(counts, mismatch, "night_mismatches");
      String model = spectrum.getModelName() + "/" + spectrum.getModelVersion();
      count(counts, Told.MODEL + model, 1);
    }
  }

  private static void countLatencies(BatchTarget part, SortedMap<String, Long> counts) {
    count(counts, "processing_latency values", part.spectra().size());
    long timed =
        part.spectra().values().stream().filter(s -> s.getExposureSeconds() != null).count();
    count(counts, "result_latency values", timed);
  }

  private static void reconcile(BatchTarget part, boolean valid, SortedMap<String, Long> counts) {
    if (part.assigned()) {
      String fate =
          valid
              ? "valid"
              : !part.spectra().isEmpty()
                  ? "invalid"
                  : part.refused().isEmpty() ? "missing" : "rejected";
      count(counts, Told.RECONCILED + fate, 1);
    }
  }

  private static void countInField(BatchTarget part, State state, SortedMap<String, Long> counts) {
    BatchPolicy policy = BatchPolicy.of(part.programme());
    SpectrumResult best = part.best(policy);
    countIf(counts, part.targeted(), "targeted");
    countIf(counts, part.assigned(), "assigned");
    countIf(counts, part.observed(), "observed");
    countIf(counts, best != null, "valid");
    countIf(counts, best != null && part.good(best, policy), "good_z");
    countIf(counts, state.finished(), "targets_done");
    countIf(counts, best != null && state.more(), "profiting");
    for (String exposure : part.exposures()) {
      count(counts, Told.EXPOSURE + exposure, 1);
    }
  }

  /** Where a target stands over the survey. */
  private record State(String name, int numObs, int init, int numObsMore, boolean good) {
    static State of(BatchTarget target) {
      BatchPolicy policy =
          BatchPolicy.of(
              target.plans().isEmpty() && target.spectra().isEmpty() ? "" : target.programme());
      int init =
          target.plans().values().stream().mapToInt(plan -> plan.getNumObsInit()).max().orElse(1);
      int numObs = target.usable().size();
      SpectrumResult best = target.best(policy);
      boolean good = best != null && target.good(best, policy);
      String selected = target.selectedAs();
      String label = best == null ? null : target.label(best);
      String wantedFor = good || selected == null ? label : selected;
      int wanted = best == null ? init : policy.wanted(good, wantedFor, init);
      int more = Math.max(0, wanted - numObs);
      if (target.says(OverrideAction.DO_NOT_OBSERVE)) {
        return new State("DONOTOBSERVE", numObs, init, 0, good);
      }
      if (best == null) {
        return new State("UNOBS", numObs, init, more, good);
      }
      String name = good ? more > 0 ? "MORE_ZGOOD" : "DONE" : more > 0 ? "MORE_ZWARN" : "OBS";
      return new State(name, numObs, init, more, good);
    }

    boolean finished() {
      return name.equals("DONE") || name.equals("OBS") || name.equals("DONOTOBSERVE");
    }

    boolean more() {
      return name.startsWith("MORE");
    }

    SortedMap<String, String> told(BatchAccount account, BatchTarget target) {
      BatchPolicy policy =
          BatchPolicy.of(
              target.plans().isEmpty() && target.spectra().isEmpty() ? "" : target.programme());
      SpectrumResult best = target.best(policy);
      SortedMap<String, String> told = new TreeMap<>();
      told.put("state", name);
      told.put("num_obs", Integer.toString(numObs));
      told.put("num_obs_init", Integer.toString(init));
      told.put("num_obs_more", Integer.toString(numObsMore));
      told.put("good_z", Boolean.toString(good));
      told.put("spectrum_id", best == null ? "null" : best.getSpectrumId());
      told.put("class_label", best == null ? "null" : target.label(best));
      told.put("z", best == null ? "null" : String.valueOf(target.z(best)));
      told.put("override", target.word() == null ? "null" : target.word().getAction().name());
      StringJoiner nights = new StringJoiner(", ");
      for (String night : target.nights()) {
        nights.add(ofNight(account, night, target.in(night)));
      }
      told.put("nights", nights.toString());
      boolean closed = !target.nights().isEmpty() && account.closed(target.nights().last());
      told.put("night closed", Boolean.toString(closed));
      return told;
    }

    private static String ofNight(BatchAccount account, String night, BatchTarget part) {
      BatchPolicy policy = BatchPolicy.of(part.programme());
      SpectrumResult best = part.best(policy);
      String outcome;
      if (best != null) {
        outcome = part.good(best, policy) ? "GOOD_Z" : "VALID";
      } else if (part.observed()) {
        outcome = part.spectra().isEmpty() ? "REJECTED" : "INVALID";
      } else if (part.assigned()) {
        outcome = account.closed(night) ? "MISSING" : "PENDING";
      } else {
        outcome = "NOT_ASSIGNED";
      }
      return Told.night(night, part.field(), part.assigned(), outcome, part.spectra().size());
    }
  }
}

package org.nightglass.account;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a standing counts, in which scopes. The names of the counters are known here, in {@link
 * YieldWriter} and {@link FieldWriter} only.
 */
public final class Tallying {
  static final String TARGETED = "targeted";
  static final String ASSIGNED = "assigned";
  static final String OBSERVED = "observed";
  static final String VALID = "valid";
  static final String CLASSIFIED = "classified";
  static final String GOOD = "good";
  static final String UNPLANNED = "unplanned";
  static final String OVERRIDDEN = "overridden";
  static final String ASSIGNED_OBSERVED = "assigned-observed";
  static final String ASSIGNED_VALID = "assigned-valid";
  static final String ASSIGNED_INVALID = "assigned-invalid";
  static final String ASSIGNED_REJECTED = "assigned-rejected";
  static final String TARGETED_GOOD = "targeted-good";
  static final String SPECTRA = "spectra";
  static final String REJECTED = "rejected";
  static final String MISMATCH = "mismatch";
  static final String SKY = "sky";
  static final String SKY_ACCEPTED = "sky-accepted";
  static final String SNR = "snr";
  static final String Z_ERR = "z-err";
  static final String RESULT_LATENCY = "result-latency";
  static final String PROCESSING_LATENCY = "processing-latency";
  static final String REDSHIFTS = "n-of-z";
  static final String MIX = "mix";
  static final String MIX_GOOD = "mix-good";
  static final String REJECTS = "rejects";
  static final String MODELS = "models";
  static final String EXPOSURES = "exposures";
  static final String FIELDS = "fields";
  static final String PLANNED_SECONDS = "planned-seconds";
  static final String DONE = "done";
  static final String PROFITS = "profits";
  static final String FRACTION = "fraction";
  static final String NO_GOAL = "no-goal";
  static final String MIN_GOOD_FIBRES = "min-good-fibres";
  static final String MIN_TIME_FRACTION = "min-time-fraction";
  static final String MAX_EXPOSURE = "max-exposure";
  static final String GOAL_SECONDS = "goal-seconds";
  static final String CAP = "cap";
  static final String COADDED = "coadded";
  static final String SURVEYS = "surveys";
  static final String PROGRAMMES = "programmes";
  static final String NIGHTS = "nights";
  static final String DIRECTION = "direction";

  private Tallying() {}

  /** What a change counts up and down, by scope; scopes in which nothing moves are left out. */
  public static Map<Scope, Counters> of(Change change) {
    Map<Scope, Counters> moves = new HashMap<>();
    Standing before = change.before();
    Standing after = change.after();
    if (after != null) {
      count(after, (scope, counters) -> sum(moves, scope).addAll(counters));
    }
    if (before != null) {
      count(before, (scope, counters) -> sum(moves, scope).subtractAll(counters));
    }
    moves.values().removeIf(Counters::isEmpty);
    return moves;
  }

  /** What a change of a field counts up and down. */
  public static Counters of(Change.OfField change) {
    Counters moves = new Counters();
    FieldStanding before = change.before();
    FieldStanding after = change.after();
    if (after != null) {
      moves.addAll(count(after));
    }
    if (before != null) {
      moves.subtractAll(count(before));
    }
    return moves;
  }

  private static Counters sum(Map<Scope, Counters> moves, Scope scope) {
    return moves.computeIfAbsent(scope, unused -> new Counters());
  }

  private static void count(Standing standing, BiConsumer<Scope, Counters> each) {
    String night = standing.night();
    Counters ofClass = funnel(standing);
    standing.facts().forEach(fact -> add(fact, ofClass));
    Counters all = new Counters().addAll(ofClass);
    standing.facts().forEach(fact -> addTimes(fact, all));
    // Of a rejected spectrum programme and field need not be known: null would be all of them.
    String programme = standing.programme();
    boolean known = !programme.isEmpty();
    each.accept(scope(night, null, null), fields(standing, all));
    if (known) {
      each.accept(scope(night, programme, null), fields(standing, all));
    }
    if (known && night != null && !standing.field().isEmpty()) {
      each.accept(scope(night, programme, standing.field()), all);
    }
    boolean isTarget = standing.targeted() || standing.observed();
    String selected = standing.selectedAs();
    if (isTarget && selected != null) {
      each.accept(new Scope(night, null, null, selected, null), ofClass);
      if (known) {
        each.accept(new Scope(night, programme, null, selected, null), ofClass);
      }
    }
    String label = standing.label();
    if (label != null) {
      each.accept(new Scope(night, null, null, null, label), ofClass);
      if (known) {
        each.accept(new Scope(night, programme, null, null, label), ofClass);
      }
    }
  }

  private static Scope scope(
      @Nullable String night, @Nullable String programme, @Nullable String field) {
    return new Scope(night, programme, field, null, null);
  }

  private static Counters funnel(Standing standing) {
    boolean rejectedOnly =
        standing.facts().stream().noneMatch(fact -> !fact.sky() && fact.rejected() == null);
    boolean invalid = standing.observed() && !standing.valid();
    Counters counters =
        new Counters()
            .addIf(standing.targeted(), TARGETED)
            .addIf(standing.assigned(), ASSIGNED)
            .addIf(standing.observed(), OBSERVED)
            .addIf(standing.valid(), VALID)
            .addIf(standing.classified(), CLASSIFIED)
            .addIf(standing.good(), GOOD)
            .addIf(standing.observed() && !standing.targeted(), UNPLANNED)
            .addIf(standing.overridden(), OVERRIDDEN)
            .addIf(standing.assigned() && standing.observed(), ASSIGNED_OBSERVED)
            .addIf(standing.assigned() && standing.valid(), ASSIGNED_VALID)
            .addIf(standing.assigned() && invalid && !rejectedOnly, ASSIGNED_INVALID)
            .addIf(standing.assigned() && invalid && rejectedOnly, ASSIGNED_REJECTED)
            .addIf(standing.targeted() && standing.good(), TARGETED_GOOD);
    addBin(counters, SNR, standing.snrBin());
    addBin(counters, Z_ERR, standing.zErrBin());
    String label = standing.label();
    if (label != null) {
      String selected = standing.selectedAs() == null ? "" : standing.selectedAs();
      counters.add(Counters.name(MIX, selected, label), 1);
      counters.addIf(standing.good(), Counters.name(MIX_GOOD, selected, label));
      Integer zBin = standing.zBin();
      if (zBin != null) {
        counters.add(Counters.name(REDSHIFTS, label, zBin.toString()), 1);
      }
    }
    return counters;
  }

  private static Counters fields(Standing standing, Counters all) {
    Counters counters = new Counters().addAll(all);
    if (standing.night() == null) {
      return counters; // a survey has too many fields for one record
    }
    String field = standing.field();
    counters.addIf(standing.assigned(), Counters.name(FIELDS, field, ASSIGNED));
    counters.addIf(
        standing.assigned() && standing.observed(), Counters.name(FIELDS, field, OBSERVED));
    counters.addIf(standing.assigned() && standing.good(), Counters.name(FIELDS, field, GOOD));
    Long seconds = standing.plannedSeconds();
    if (seconds != null && standing.assigned()) {
      counters.add(Counters.name(PLANNED_SECONDS, field, seconds.toString()), 1);
    }
    return counters;
  }

  /** What a spectrum was. */
  private static void add(Standing.Fact fact, Counters counters) {
    String rejected = fact.rejected();
    if (fact.sky()) {
      counters.addIf(rejected == null, SKY).addIf(fact.skyAccepted(), SKY_ACCEPTED);
    } else if (rejected != null) {
      counters.add(REJECTED, 1).add(Counters.name(REJECTS, rejected), 1);
    } else {
      counters.add(SPECTRA, 1).addIf(fact.mismatch(), MISMATCH);
      addModel(fact, counters);
    }
  }

  /** When a spectrum was exposed and how long its result took; counted in no class. */
  private static void addTimes(Standing.Fact fact, Counters counters) {
    if (!fact.sky()) {
      addBin(counters, RESULT_LATENCY, fact.resultLatencyBin());
      addBin(counters, PROCESSING_LATENCY, fact.processingLatencyBin());
      addExposure(fact, counters);
    }
  }

  private static void addModel(Standing.Fact fact, Counters counters) {
    if (fact.model() != null) {
      counters.add(Counters.name(MODELS, fact.model()), 1);
    }
  }

  private static void addExposure(Standing.Fact fact, Counters counters) {
    if (fact.exposure() != null) {
      counters.add(
          Counters.name(
              EXPOSURES,
              fact.exposure(),
              Long.toString(fact.startMs()),
              Long.toString(fact.exposureMs())),
          1);
    }
  }

  private static void addBin(Counters counters, String name, @Nullable Integer bin) {
    if (bin != null) {
      counters.add(Counters.name(name, bin.toString()), 1);
    }
  }

  private static Counters count(FieldStanding standing) {
    Counters counters =
        new Counters()
            .addIf(standing.targeted(), TARGETED)
            .addIf(standing.assigned(), ASSIGNED)
            .addIf(standing.observed(), OBSERVED)
            .addIf(standing.valid(), VALID)
            .addIf(standing.good(), GOOD)
            .addIf(standing.done(), DONE)
            .addIf(standing.coadded(), COADDED)
            .addIf(standing.profiting(), Counters.name(PROFITS, standing.target()))
            .add(Counters.name(SURVEYS, standing.survey()), 1)
            .add(Counters.name(PROGRAMMES, standing.programme()), 1)
            .add(Counters.name(NIGHTS, standing.night()), 1)
            .add(Counters.name(CAP, Double.toString(standing.capSeconds())), 1)
            .add(Counters.name(MIN_TIME_FRACTION, Double.toString(standing.minTimeFraction())), 1);
    Integer fibres = standing.minGoodFibres();
    if (fibres != null) {
      counters.add(Counters.name(MIN_GOOD_FIBRES, fibres.toString()), 1);
    }
    Double goal = standing.goalSeconds();
    if (goal != null) {
      counters.add(Counters.name(GOAL_SECONDS, goal.toString()), 1);
    }
    Double longest = standing.maxExposureSeconds();
    if (longest != null) {
      counters.add(Counters.name(MAX_EXPOSURE, longest.toString()), 1);
    }
    if (standing.valid() && standing.fractionBin() == null) {
      counters.add(NO_GOAL, 1);
    }
    addBin(counters, FRACTION, standing.fractionBin());
    for (int axis = 0; axis < standing.direction().size(); axis++) {
      counters.add(
          Counters.name(DIRECTION, Integer.toString(axis)), standing.direction().get(axis));
    }
    standing
        .facts()
        .forEach(
            fact -> {
              addModel(fact, counters);
              addExposure(fact, counters);
            });
    return counters;
  }
}

package org.nightglass.account;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.avro.NightEvent;
import org.nightglass.avro.NightEventType;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.TargetOverride;
import org.nightglass.night.Observatory;
import org.nightglass.policy.Policies;

/**
 * What plans, observers' and other people's words must be like. Each fault names value and limit.
 */
public final class InputRules {
  private static final int LONGEST_NAME = 256;

  private final Policies policies;
  private final Observatory observatory;

  /**
   * @param policies whose programmes a plan may name
   * @param observatory whose nights they are
   */
  public InputRules(Policies policies, Observatory observatory) {
    this.policies = policies;
    this.observatory = observatory;
  }

  /**
   * Faults of a planned target by itself.
   *
   * @param key of its record
   */
  public List<String> faults(String key, PlannedTarget plan) {
    Faults faults = new Faults();
    faults.name("target_id", plan.getTargetId());
    faults.name("survey", plan.getSurvey());
    faults.name("programme", plan.getProgramme());
    faults.name("field_id", plan.getFieldId());
    faults.night(plan.getNight());
    if (!key.equals(plan.getNight() + "/" + plan.getTargetId())) {
      faults.add(
          "its key is '%s', must be night/target_id: '%s/%s'"
              .formatted(key, plan.getNight(), plan.getTargetId()));
    }
    if (!policies.knows(plan.getProgramme())) {
      faults.add(
          "programme '%s' is unknown (configured: %s)"
              .formatted(plan.getProgramme(), String.join(", ", policies.programmes())));
    }
    faults.range("ra_deg", plan.getRaDeg(), 0, Math.nextDown(360.0));
    faults.range("dec_deg", plan.getDecDeg(), -90, 90);
    faults.positive("goal_snr", plan.getGoalSnr());
    faults.positive("goal_effective_seconds", plan.getGoalEffectiveSeconds());
    faults.range("min_time_fraction", plan.getMinTimeFraction(), 0, 1);
    faults.positive("planned_exposure_seconds", plan.getPlannedExposureSeconds());
    faults.positive("max_exposure_seconds", plan.getMaxExposureSeconds());
    if (plan.getNumObsInit() < 1) {
      faults.add("num_obs_init is %d, must be at least 1".formatted(plan.getNumObsInit()));
    }
    Integer fibres = plan.getMinGoodFibres();
    if (fibres != null && fibres < 0) {
      faults.add("min_good_fibres is %d, must not be negative".formatted(fibres));
    }
    afterTheFact(plan, faults);
    return faults.all;
  }

  private void afterTheFact(PlannedTarget plan, Faults faults) {
    if (isNight(plan.getNight())
        && !plan.getPlannedAt().isBefore(observatory.end(plan.getNight()))) {
      faults.add(
          "it was made at %s, after the night's end at %s"
              .formatted(plan.getPlannedAt(), observatory.end(plan.getNight())));
    }
  }

  /**
   * Why a plan cannot stand beside what is known already. A plan that was made before the night was
   * closed, and comes later, stands: it revises the night.
   *
   * @param standing the night's plan so far; null where there is none
   * @param closedAtMs when the night's account was closed; null where it is open
   */
  public static Optional<String> conflict(
      Plan plan, @Nullable Plan standing, @Nullable Long closedAtMs) {
    if (closedAtMs != null && plan.plannedAtMs() >= closedAtMs) {
      return Optional.of(
          "it was made at %s, after night %s was closed at %s; reopen it first"
              .formatted(
                  Instant.ofEpochMilli(plan.plannedAtMs()),
                  plan.night(),
                  Instant.ofEpochMilli(closedAtMs)));
    }
    if (standing != null
        && !(standing.field().equals(plan.field())
            && standing.programme().equals(plan.programme()))) {
      return Optional.of(
          "it is planned already in field %s of programme %s; withdraw that first"
              .formatted(standing.field(), standing.programme()));
    }
    return Optional.empty();
  }

  /**
   * Why a withdrawal cannot stand: what a closed night did not observe is missing, and stays so. A
   * withdrawal says not when it was made: the broker's taking it counts.
   *
   * @param standing the night's plan so far; null where there is none
   * @param takenAtMs when the broker took the withdrawal
   * @param closedAtMs when the night's account was closed; null where it is open
   */
  public static Optional<String> conflictOfWithdrawal(
      @Nullable Plan standing, long takenAtMs, @Nullable Long closedAtMs) {
    return standing != null && closedAtMs != null && takenAtMs >= closedAtMs
        ? Optional.of(
            "it came at %s, after night %s was closed at %s; reopen it first"
                .formatted(
                    Instant.ofEpochMilli(takenAtMs),
                    standing.night(),
                    Instant.ofEpochMilli(closedAtMs)))
        : Optional.empty();
  }

  /** Faults of the key of a withdrawal. */
  public static List<String> faultsOfWithdrawal(String key) {
    int slash = key.indexOf('/');
    return slash > 0 && isNight(key.substring(0, slash)) && slash < key.length() - 1
        ? List.of()
        : List.of("its key is '%s', must be night/target_id".formatted(key));
  }

  /** Faults of an observer's word. */
  public static List<String> faults(String key, NightEvent event) {
    Faults faults = new Faults();
    faults.night(event.getNight());
    faults.name("by", event.getBy());
    if (!key.equals(event.getNight())) {
      faults.add("its key is '%s', must be the night '%s'".formatted(key, event.getNight()));
    }
    if (event.getType() == NightEventType.UNKNOWN) {
      faults.add("its type is not known (accepted: OPENED, CLOSED, REOPENED)");
    }
    return faults.all;
  }

  /** Faults of a person's word on a target. */
  public static List<String> faults(String key, TargetOverride word) {
    Faults faults = new Faults();
    faults.name("target_id", word.getTargetId());
    faults.name("by", word.getBy());
    if (!key.equals(word.getTargetId())) {
      faults.add("its key is '%s', must be the target_id '%s'".formatted(key, word.getTargetId()));
    }
    if (word.getReason().isBlank()) {
      faults.add("its reason is empty");
    }
    if (word.getAction() == OverrideAction.UNKNOWN) {
      faults.add("its action is not known (accepted: ACCEPT, REJECT, DO_NOT_OBSERVE, CLEAR)");
    }
    faults.range("z", word.getZ(), -0.1, 100);
    return faults.all;
  }

  /** Whether it is a date YYYYMMDD. */
  static boolean isNight(String night) {
    try {
      return night.length() == 8
          && LocalDate.parse(night, DateTimeFormatter.BASIC_ISO_DATE).getYear() > 1858;
    } catch (DateTimeException e) {
      return false;
    }
  }

  /** Faults found so far. */
  private static final class Faults {
    final List<String> all = new ArrayList<>();

    void add(String fault) {
      all.add(fault);
    }

    void name(String what, String name) {
      if (name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\u0001') >= 0) {
        add(
            "%s is '%s', must have 1 to %d characters, not all blank"
                .formatted(what, name, LONGEST_NAME));
      }
    }

    void night(String night) {
      if (!isNight(night)) {
        add("night is '%s', must be a date YYYYMMDD".formatted(night));
      }
    }

    void range(String what, @Nullable Double value, double least, double most) {
      if (value != null && !(value >= least && value <= most)) {
        add("%s is %s, must lie within %s to %s".formatted(what, value, least, most));
      }
    }

    void positive(String what, @Nullable Double value) {
      if (value != null && !(value > 0 && !value.isInfinite())) {
        add("%s is %s, must be positive and finite".formatted(what, value));
      }
    }
  }
}

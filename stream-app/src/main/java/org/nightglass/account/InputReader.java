package org.nightglass.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.account.TargetEvent.Planned;
import org.nightglass.account.TargetEvent.Rejected;
import org.nightglass.account.TargetEvent.Window;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;
import org.nightglass.decide.Warning;

/**
 * From records of the contract to events of the account. Sky fibres are accounts of their own, one
 * a spectrum, since surveys give all of them the same target id; standard stars count nowhere.
 */
public final class InputReader {
  private InputReader() {}

  /** A result; empty where it is of a standard star, or names no night. */
  public static Optional<TargetEvent> read(SpectrumResult result) {
    String night = result.getNight() == null ? result.getNightDeclared() : result.getNight();
    if (night == null || !InputRules.isNight(night) || result.getKind() == ObjectKind.STANDARD) {
      return Optional.empty();
    }
    return Optional.of(observed(result, night));
  }

  /** A result of any kind of object, in a night of the caller's. */
  static Observed observed(SpectrumResult result, String night) {
    String kind = result.getKind().name();
    return new Observed(
        account(kind, result.getTargetId(), result.getSpectrumId()),
        result.getSpectrumId(),
        result.getReductionVersion(),
        night,
        (result.getWarningBits() >> Warning.NIGHT_MISMATCH.bit() & 1) != 0,
        kind,
        result.getSurvey(),
        result.getProgramme(),
        result.getFieldId(),
        result.getExposureId(),
        result.getFibre(),
        result.getMjd(),
        result.getExposureSeconds(),
        result.getRaDeg(),
        result.getDecDeg(),
        blankToNull(result.getSelectedAs()),
        result.getClassLabel(),
        result.getClassProbability(),
        result.getZ(),
        result.getZErr(),
        result.getGoodZ(),
        result.getWarningBits(),
        result.getSnr(),
        windows(result),
        result.getModelName() + "/" + result.getModelVersion(),
        result.getEmittedAt().toEpochMilli(),
        result.getIngestedAt().toEpochMilli());
  }

  private static List<Window> windows(SpectrumResult result) {
    return result.getSnrWindows().stream()
        .map(w -> new Window(w.getFromAngstrom(), w.getToAngstrom(), w.getMean(), w.getMedian()))
        .toList();
  }

  /** A reject; empty where it does not say which target it was of, and in which night. */
  public static Optional<TargetEvent> read(Reject reject) {
    String target = reject.getTargetId();
    String spectrum = reject.getSpectrumId();
    String night = reject.getNight();
    String kind = reject.getKind();
    if (target == null || target.isBlank() || spectrum == null || night == null || kind == null) {
      return Optional.empty();
    }
    if (!InputRules.isNight(night) || kind.equals(ObjectKind.STANDARD.name())) {
      return Optional.empty();
    }
    return Optional.of(
        new Rejected(
            account(kind, target, spectrum),
            spectrum,
            night,
            kind,
            nullToEmpty(reject.getSurvey()),
            nullToEmpty(reject.getProgramme()),
            nullToEmpty(reject.getFieldId()),
            nullToEmpty(reject.getExposureId()),
            reject.getReason(),
            reject.getRejectedAt().toEpochMilli()));
  }

  /** A planned target that {@link InputRules} has passed. */
  public static TargetEvent read(PlannedTarget plan, Origin origin) {
    return new Planned(
        plan.getTargetId(),
        new Plan(
            plan.getNight(),
            plan.getSurvey(),
            plan.getProgramme(),
            plan.getFieldId(),
            plan.getRaDeg(),
            plan.getDecDeg(),
            blankToNull(plan.getSelectedAs()),
            plan.getAssigned(),
            plan.getNumObsInit(),
            plan.getGoalSnr(),
            plan.getGoalEffectiveSeconds(),
            plan.getMinTimeFraction(),
            plan.getMinGoodFibres(),
            plan.getPlannedExposureSeconds(),
            plan.getMaxExposureSeconds(),
            plan.getPlannedAt().toEpochMilli()),
        origin);
  }

  /** A withdrawal from the plan, by its key night/target_id. */
  public static TargetEvent withdrawal(String key, Origin origin) {
    int slash = key.indexOf('/');
    return new TargetEvent.Withdrawn(key.substring(slash + 1), key.substring(0, slash), origin);
  }

  /** A person's word that {@link InputRules} has passed. */
  public static TargetEvent read(TargetOverride word) {
    return new Overridden(
        word.getTargetId(),
        word.getAction().name(),
        blankToNull(word.getClassLabel()),
        word.getZ(),
        word.getAt().toEpochMilli(),
        word.getBy(),
        word.getReason());
  }

  private static String account(String kind, String target, String spectrum) {
    return kind.equals(ObjectKind.SKY.name()) ? "\u0001sky\u0001" + spectrum : target;
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : text;
  }

  private static String nullToEmpty(@Nullable String text) {
    return text == null || text.isBlank() ? "" : text;
  }
}

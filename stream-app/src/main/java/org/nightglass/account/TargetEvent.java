package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.policy.Acceptance;

/**
 * Something that happened to a target, as the account needs it. Kept as written here in state
 * stores and internal topics: fields are added at the end only.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
@JsonSubTypes({
  @JsonSubTypes.Type(value = TargetEvent.Observed.class, name = "o"),
  @JsonSubTypes.Type(value = TargetEvent.Rejected.class, name = "r"),
  @JsonSubTypes.Type(value = TargetEvent.Planned.class, name = "p"),
  @JsonSubTypes.Type(value = TargetEvent.Withdrawn.class, name = "w"),
  @JsonSubTypes.Type(value = TargetEvent.Overridden.class, name = "h")
})
public sealed interface TargetEvent {

  /** The target's name. */
  String target();

  /**
   * A spectrum with its result.
   *
   * @param kind TARGET, SKY or STANDARD
   * @param mismatch whether its producer stated another night
   * @param mjd start of the exposure, days
   * @param warnings bits as in SpectrumResult
   * @param windows S/N in windows of wavelength
   * @param model name/version of the bundle
   * @param emittedMs when the result was emitted
   * @param ingestedMs when the broker took the spectrum
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Observed(
      String target,
      String spectrum,
      String reduction,
      String night,
      boolean mismatch,
      String kind,
      String survey,
      String programme,
      String field,
      String exposure,
      int fibre,
      double mjd,
      @Nullable Double exposureSeconds,
      @Nullable Double raDeg,
      @Nullable Double decDeg,
      @Nullable String selectedAs,
      String label,
      double probability,
      @Nullable Double z,
      @Nullable Double zErr,
      boolean modelGoodZ,
      long warnings,
      double snr,
      List<Window> windows,
      String model,
      long emittedMs,
      long ingestedMs)
      implements TargetEvent {

    /** What acceptance looks at. */
    Acceptance.Candidate candidate() {
      return new Acceptance.Candidate(probability, z, zErr, modelGoodZ, warnings, snr);
    }
  }

  /** S/N in a window: mean and median per pixel; null where it holds no good pixel. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Window(double from, double to, @Nullable Double mean, @Nullable Double median) {}

  /** A spectrum that could not be processed, and when it was found so. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Rejected(
      String target,
      String spectrum,
      String night,
      String kind,
      String survey,
      String programme,
      String field,
      String exposure,
      String reason,
      long rejectedMs)
      implements TargetEvent {}

  /** The plan names the target for a night; where the record came from, for a refusal. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Planned(String target, Plan plan, Origin origin) implements TargetEvent {}

  /**
   * What a night's plan says of a target.
   *
   * @param plannedSeconds exposure time planned for the night; null where not known
   * @param plannedAtMs when the plan was made
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Plan(
      String night,
      String survey,
      String programme,
      String field,
      @Nullable Double raDeg,
      @Nullable Double decDeg,
      @Nullable String selectedAs,
      boolean assigned,
      int numObsInit,
      @Nullable Double goalSnr,
      @Nullable Double goalSeconds,
      @Nullable Double minTimeFraction,
      @Nullable Integer minGoodFibres,
      @Nullable Double plannedSeconds,
      @Nullable Double maxExposureSeconds,
      long plannedAtMs) {}

  /** The plan no longer names the target for a night; where the record came from, likewise. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Withdrawn(String target, String night, Origin origin) implements TargetEvent {}

  /** A person's word. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Overridden(
      String target,
      String action,
      @Nullable String label,
      @Nullable Double z,
      long atMs,
      String by,
      String reason)
      implements TargetEvent {}
}

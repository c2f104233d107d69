package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target, or a sky fibre, comes to in one night or over the survey: everything that the
 * yields count of it. Kept as it was published.
 *
 * @param night null = over the whole survey
 * @param programme of the plan, else of the spectra
 * @param field of the plan, else of the spectra
 * @param selectedAs null where not known
 * @param targeted whether a plan names it
 * @param assigned whether a plan gives it a fibre
 * @param observed whether a spectrum of it arrived, usable or not
 * @param valid whether one of them is usable
 * @param classified whether the best one's class is accepted
 * @param good whether it has a good redshift
 * @param overridden whether a person's word holds
 * @param label class found; null where it is not valid
 * @param snrBin of the best spectrum; null where it is not valid
 * @param zErrBin of a good redshift; null where there is none
 * @param zBin bin of n(z) of a good redshift; null where there is none
 * @param plannedSeconds exposure time planned; null where not known
 * @param facts what its spectra were
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Standing(
    @Nullable String night,
    String programme,
    String field,
    @Nullable String selectedAs,
    boolean targeted,
    boolean assigned,
    boolean observed,
    boolean valid,
    boolean classified,
    boolean good,
    boolean overridden,
    @Nullable String label,
    @Nullable Integer snrBin,
    @Nullable Integer zErrBin,
    @Nullable Integer zBin,
    @Nullable Long plannedSeconds,
    List<Fact> facts) {

  /**
   * What a spectrum was.
   *
   * @param exposure null over the survey: it counts no exposures
   * @param startMs start of the exposure
   * @param exposureMs how long it was
   * @param sky whether it is of empty sky
   * @param skyAccepted whether it is accepted as good all the same
   * @param mismatch whether its producer stated another night
   * @param rejected why it was rejected; null where it was not
   * @param model name/version; null where it was rejected
   * @param resultLatencyBin exposure end to result, of seconds; null where not known
   * @param processingLatencyBin broker's taking to result, of seconds; null where rejected
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Fact(
      @Nullable String exposure,
      long startMs,
      long exposureMs,
      boolean sky,
      boolean skyAccepted,
      boolean mismatch,
      @Nullable String rejected,
      @Nullable String model,
      @Nullable Integer resultLatencyBin,
      @Nullable Integer processingLatencyBin) {}
}

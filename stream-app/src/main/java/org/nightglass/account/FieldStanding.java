package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a target comes to in one field, over all of its nights there. Kept as it was published.
 *
 * @param target its name
 * @param night its latest night in the field
 * @param targeted whether a plan names it
 * @param assigned whether a plan gives it a fibre
 * @param observed whether a spectrum of it arrived
 * @param valid whether one of them is usable
 * @param good whether it has a good redshift
 * @param done whether it wants no more observation
 * @param profiting whether it was observed and would profit from another exposure
 * @param fractionBin effective-time fraction; null where there is no goal
 * @param minGoodFibres limit of the plan or the policy; null = none
 * @param minTimeFraction limit of the plan or the policy
 * @param maxExposureSeconds limit of the plan or the policy; null = none
 * @param capSeconds of the policy
 * @param coadded whether spectra hold all exposures before them
 * @param direction unit vector towards the target, in millionths; empty where not known
 * @param facts exposures of its spectra in the field
 * @param goalSeconds goal for the effective time of the plan or the policy; null = none
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record FieldStanding(
    String target,
    String field,
    String survey,
    String programme,
    String night,
    boolean targeted,
    boolean assigned,
    boolean observed,
    boolean valid,
    boolean good,
    boolean done,
    boolean profiting,
    @Nullable Integer fractionBin,
    @Nullable Integer minGoodFibres,
    double minTimeFraction,
    @Nullable Double maxExposureSeconds,
    double capSeconds,
    boolean coadded,
    List<Long> direction,
    List<Standing.Fact> facts,
    @Nullable Double goalSeconds) {}

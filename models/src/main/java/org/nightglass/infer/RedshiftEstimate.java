package org.nightglass.infer;

import org.jspecify.annotations.Nullable;

/**
 * A redshift from an ensemble.
 *
 * @param z redshift, the ensemble's mean
 * @param zErr standard error of {@code z}, 1σ, calibrated where the card has a calibration;
 *     positive
 * @param memberZ each member's own redshift
 * @param peakProbability mean over members of the probability within the main peak, 0 to 1; null
 *     for networks that give points and no distribution
 * @param alternativeZ redshift of the second peak; null where there is none
 * @param alternativeProbability probability within the second peak; null where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
public record RedshiftEstimate(
    double z,
    double zErr,
    double[] memberZ,
    @Nullable Double peakProbability,
    @Nullable Double alternativeZ,
    @Nullable Double alternativeProbability) {}

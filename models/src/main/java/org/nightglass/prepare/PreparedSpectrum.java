package org.nightglass.prepare;

import org.nightglass.spectrum.Observation;

/**
 * A spectrum on the model's grid, not yet normalised: each network's card says how it wants that
 * done.
 *
 * @param observation what was observed
 * @param flux flux density on the model's grid, 1e-17 erg/s/cm²/Å; finite everywhere, filled where
 *     {@code ivar} is 0
 * @param ivar inverse variance of {@code flux}; 0 where nothing was observed
 * @param snr median of flux·√ivar over the good pixels as observed; finite
 * @param coverage share of the model's pixels with information, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are wrapped, never compared
public record PreparedSpectrum(
    Observation observation, float[] flux, float[] ivar, double snr, double coverage) {}

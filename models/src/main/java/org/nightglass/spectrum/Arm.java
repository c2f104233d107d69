package org.nightglass.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * One arm of a spectrograph: SDSS has one (already joined), DESI and 4MOST have three.
 *
 * @param name the arm's name as the survey spells it, for instance {@code b}
 * @param grid wavelengths in Å
 * @param medium whether the grid is in vacuum or in air
 * @param flux flux density in 1e-17 erg/s/cm²/Å, one value a pixel
 * @param ivar inverse variance of {@code flux} in its inverse squared unit; 0 = no information
 * @param mask a set bit = no information; null where the survey sends no mask
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are wrapped, never compared
public record Arm(
    String name,
    WavelengthGrid grid,
    Medium medium,
    float[] flux,
    float[] ivar,
    int @Nullable [] mask) {

  /** Whether a pixel carries information: finite flux, positive finite ivar, no mask bit. */
  public boolean good(int pixel) {
    return ivar[pixel] > 0
        && ivar[pixel] <= Float.MAX_VALUE
        && Math.abs(flux[pixel]) <= Float.MAX_VALUE
        && (mask == null || mask[pixel] == 0);
  }
}

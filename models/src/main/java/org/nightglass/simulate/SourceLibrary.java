package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/** Draws noise-free sources of a class at a redshift. Safe for use by several threads. */
public interface SourceLibrary {

  /**
   * Writes the flux density of a source as it arrives above the atmosphere, at the resolution of an
   * SDSS spectrograph (R ≈ 2000).
   *
   * @param sourceClass what to draw
   * @param z its redshift
   * @param random where all chance comes from
   * @param grid vacuum wavelengths in the observed frame, in steps of 1e-4 in log10
   * @param flux out: flux density per Å, in any unit; finite
   */
  void write(
      SourceClass sourceClass,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux);
}

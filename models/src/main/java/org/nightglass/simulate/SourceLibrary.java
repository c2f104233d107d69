package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/** Draws noise-free sources of a kind at a redshift. Safe for use by several threads. */
public interface SourceLibrary {

  /**
   * Writes the flux density of a source as it arrives above the atmosphere, at a resolution of σ =
   * {@value Lines#INSTRUMENT_KMS} km/s, which a {@link Spectrograph} coarsens to its own.
   *
   * @param kind what to draw
   * @param z its redshift
   * @param random where all chance comes from
   * @param grid vacuum wavelengths in the observed frame, in steps of 1e-4 in log10
   * @param flux out: flux density per Å, in any unit; finite
   * @return a star's type as SDSS spells it, for instance {@code K5}; empty for all else
   */
  String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux);

  /** Draws anything of a class. */
  default String write(
      SourceClass sourceClass,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux) {
    return write(SourceKind.any(sourceClass), z, random, grid, flux);
  }
}

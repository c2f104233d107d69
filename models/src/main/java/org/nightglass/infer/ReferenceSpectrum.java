package org.nightglass.infer;

import java.util.Arrays;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

/**
 * A spectrum that every sound network answers with finite numbers: a smooth continuum with a few
 * lines. It warms networks up, and tells a broken network from a spectrum that breaks it.
 */
public final class ReferenceSpectrum {
  private ReferenceSpectrum() {}

  /** The spectrum on a model's grid. */
  public static PreparedSpectrum on(ModelGrid grid) {
    float[] flux = new float[grid.pixels()];
    float[] ivar = new float[grid.pixels()];
    Arrays.fill(ivar, 4);
    for (int k = 0; k < flux.length; k++) {
      double phase = (double) k / flux.length;
      double toLine = (k % 450 - 225) / 4.0;
      flux[k] = (float) (2 + Math.sin(6 * phase) + 3 * Math.exp(-toLine * toLine / 2));
    }
    return new PreparedSpectrum(OBSERVATION, flux, ivar, 4, 1);
  }

  private static final Observation OBSERVATION =
      new Observation(
          "reference",
          "reference",
          ObjectKind.STANDARD,
          "reference",
          "reference",
          "reference",
          "reference",
          0,
          null,
          null,
          51_544,
          null,
          "1",
          null,
          null);
}

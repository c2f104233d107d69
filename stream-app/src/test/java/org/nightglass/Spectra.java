package org.nightglass;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/** Spectra for tests: small ones whose pixels do not matter. */
public final class Spectra {
  /** A night of 2004: older than any retention. */
  public static final double MJD = 53_200.25;

  private Spectra() {}

  public static Observation observation(String name) {
    return new Observation(
        "spectrum-" + name,
        "target-" + name,
        ObjectKind.TARGET,
        "test",
        "dark",
        "field-1",
        "exposure-1",
        17,
        150.1,
        2.2,
        MJD,
        900.0,
        "v1",
        "20040714",
        null);
  }

  /** A flat spectrum with a little noise, on SDSS's grid. */
  public static ObservedSpectrum flat(String name) {
    return flat(observation(name), new WavelengthGrid.Log(3.58, 1e-4, 3600));
  }

  public static ObservedSpectrum flat(Observation observation, WavelengthGrid grid) {
    Random random = new Random(observation.spectrumId().hashCode());
    int pixels = grid.pixels();
    float[] flux = new float[pixels];
    for (int i = 0; i < pixels; i++) {
      flux[i] = (float) (10 + random.nextGaussian());
    }
    float[] ivar = new float[pixels];
    Arrays.fill(ivar, 1);
    int[] mask = new int[pixels];
    return new ObservedSpectrum(
        observation, List.of(new Arm("r", grid, Medium.VACUUM, flux, ivar, mask)));
  }
}

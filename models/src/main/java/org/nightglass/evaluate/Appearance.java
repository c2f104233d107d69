package org.nightglass.evaluate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * How a spectrum looks on the model's grid, whatever it is and whatever was said of it: what
 * simulated spectra are compared with observed ones by.
 *
 * @param noise robust width of the differences of neighbouring pixels over their stated errors: 1
 *     where the inverse variances are right and pixels independent, below where resampling ties
 *     neighbours to each other
 * @param coverage share of the grid with information
 * @param reddening log10 of the median flux of the red half of what is covered over that of the
 *     blue half; null where either is not positive
 */
public record Appearance(double noise, double coverage, @Nullable Double reddening) {
  /** Null for a spectrum with hardly a pixel. */
  static @Nullable Appearance of(PreparedSpectrum spectrum) {
    float[] flux = spectrum.flux();
    float[] ivar = spectrum.ivar();
    double[] good = new double[flux.length];
    double[] steps = new double[flux.length];
    int number = 0;
    int pairs = 0;
    for (int i = 0; i < flux.length; i++) {
      if (ivar[i] > 0) {
        good[number++] = flux[i];
        if (i > 0 && ivar[i - 1] > 0) {
          steps[pairs++] =
              Math.abs(flux[i] - flux[i - 1]) / Math.sqrt(1.0 / ivar[i] + 1.0 / ivar[i - 1]);
        }
      }
    }
    if (pairs == 0) {
      return null;
    }
    double step = median(Arrays.copyOf(steps, pairs));
    double blue = median(Arrays.copyOf(good, number / 2));
    double red = median(Arrays.copyOfRange(good, number / 2, number));
    return new Appearance(
        Robust.GAUSSIAN * step,
        spectrum.coverage(),
        blue > 0 && red > 0 ? (Double) Math.log10(red / blue) : null);
  }

  private static double median(double[] values) {
    Double median = Robust.median(values);
    return median == null ? 0 : median;
  }
}

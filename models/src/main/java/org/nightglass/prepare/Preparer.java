package org.nightglass.prepare;

import static org.nightglass.spectrum.RejectReason.NO_GOOD_PIXEL;

import java.time.Instant;
import java.util.Locale;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * From arms as observed to one row on the model's grid.
 *
 * <pre>
 *  validate ──► air to vacuum ──► each arm to the model's grid ──► arms added up ──► gaps filled
 *               (pixel edges)     (copied, rebinned, interpolated)  (ivar weights)
 * </pre>
 *
 * How an arm comes to the grid, and what that does to its errors, is told at {@link ArmSum} and
 * {@link Resampling}. Pixels without information are then filled: within the spectrum by linear
 * interpolation, in pixels, between the nearest pixels with information, at its ends with the
 * nearest one's flux. Their ivar stays 0, by which normalisations tell them; the fill only keeps
 * the row finite and smooth.
 *
 * <p>S/N is measured on the pixels as observed, before resampling, over all arms: the median of
 * flux·√ivar over good pixels.
 *
 * <p>Safe for use by several threads.
 */
public final class Preparer {
  private final SpectrumValidator validator;
  private final ModelGrid grid;
  private final double[] edges;
  private final Resamplings resamplings;

  public Preparer(ModelGrid grid, SpectrumLimits limits) {
    this.grid = grid;
    this.validator = new SpectrumValidator(limits);
    this.edges = PixelEdges.logEdges(grid.log10Start(), grid.log10Step(), grid.pixels());
    this.resamplings = new Resamplings(edges);
  }

  /**
   * @param spectrum as observed; not changed
   * @param now the time of the check, against which exposures of the future are told
   * @throws BadSpectrumException if the spectrum cannot be processed
   */
  public PreparedSpectrum prepare(ObservedSpectrum spectrum, Instant now) {
    validator.validate(spectrum, now);
    float[] signalToNoise =
        new float[spectrum.arms().stream().mapToInt(arm -> arm.flux().length).sum()];
    int measured = 0;
    ArmSum sum = new ArmSum(grid, resamplings);
    for (Arm arm : spectrum.arms()) {
      measured = measure(arm, signalToNoise, measured);
      sum.add(arm);
    }
    float[] flux = new float[grid.pixels()];
    float[] ivar = new float[grid.pixels()];
    int good = sum.write(flux, ivar);
    if (good == 0) {
      throw new BadSpectrumException(
          NO_GOOD_PIXEL,
          String.format(
              Locale.ROOT,
              "none of %d good pixels lies on the model's grid, %.1f to %.1f Å",
              measured,
              edges[0],
              edges[grid.pixels()]));
    }
    fill(flux, ivar);
    return new PreparedSpectrum(
        spectrum.observation(),
        flux,
        ivar,
        Quantiles.medianOf(signalToNoise, measured),
        (double) good / grid.pixels());
  }

  /**
   * Appends the S/N of an arm's good pixels.
   *
   * @return how many values there are now
   */
  private static int measure(Arm arm, float[] signalToNoise, int measured) {
    float[] flux = arm.flux();
    float[] ivar = arm.ivar();
    int count = measured;
    for (int i = 0; i < flux.length; i++) {
      if (arm.good(i)) {
        float ratio = (float) (flux[i] * Math.sqrt(ivar[i]));
        signalToNoise[count++] =
            Float.isInfinite(ratio) ? Math.copySign(Float.MAX_VALUE, ratio) : ratio;
      }
    }
    return count;
  }

  private static void fill(float[] flux, float[] ivar) {
    int before = -1;
    for (int k = 0; k < flux.length; k++) {
      if (ivar[k] > 0) {
        for (int gap = before + 1; gap < k; gap++) {
          double share = before < 0 ? 1 : (double) (gap - before) / (k - before);
          double left = before < 0 ? 0 : flux[before];
          flux[gap] = (float) ((1 - share) * left + share * flux[k]);
        }
        before = k;
      }
    }
    for (int k = before + 1; k < flux.length; k++) {
      flux[k] = flux[before];
    }
  }
}

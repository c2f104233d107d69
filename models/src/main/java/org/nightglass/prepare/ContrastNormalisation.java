package org.nightglass.prepare;

import java.util.Arrays;

/**
 * Two channels that show a spectrum's shape and its lines, whatever its brightness.
 *
 * <ol start="0">
 *   <li>Shape: (f − median) / standard deviation, both over the good pixels, clipped to ±5.
 *   <li>Lines: (f − running mean) / local noise, clipped to ±15, divided by 3. Running mean and
 *       noise are taken over the good pixels of a window of {@value #WINDOW} pixels centred on the
 *       pixel and cut at the ends of the grid. The noise is √π/2 · mean |fᵢ − fᵢ₋₁| over pairs of
 *       good neighbours, which is the standard deviation where the noise is Gaussian and white: it
 *       needs no ivar, whose scale differs between surveys. The noise is never taken below 1e-4 of
 *       the spectrum's standard deviation.
 * </ol>
 *
 * A pixel is good where ivar is above 0. Every other pixel is 0 in both channels, and its filled
 * flux enters no statistic: a network learns that 0 carries no information. A spectrum without
 * contrast (constant, one good pixel, none) is 0 throughout.
 */
public final class ContrastNormalisation implements Normalisation {
  /** The name that stands in model cards. */
  public static final String NAME = "contrast2";

  /** Width of the running window in pixels: 1.8 % in wavelength on the SDSS grid. */
  static final int WINDOW = 301;

  static final float SHAPE_LIMIT = 5;
  static final float LINE_LIMIT = 15;
  static final float LINE_SCALE = 3;
  static final double NOISE_FLOOR = 1e-4;

  private static final double MEAN_DIFFERENCE_TO_SIGMA = Math.sqrt(Math.PI) / 2;

  /** 1/n for the numbers of pixels in a window, 0 for 0: divisions were half of the time. */
  private static final double[] RECIPROCAL = reciprocals();

  private static double[] reciprocals() {
    double[] values = new double[WINDOW + 1];
    for (int n = 1; n < values.length; n++) {
      values[n] = 1.0 / n;
    }
    return values;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int channels() {
    return 2;
  }

  @Override
  public float limit(int pixels) {
    return Math.max(SHAPE_LIMIT, LINE_LIMIT / LINE_SCALE);
  }

  @Override
  public void write(PreparedSpectrum spectrum, float[] out, int offset) {
    float[] flux = spectrum.flux();
    float[] ivar = spectrum.ivar();
    float[] good = new float[flux.length];
    int count = 0;
    double sum = 0;
    for (int i = 0; i < flux.length; i++) {
      if (ivar[i] > 0) {
        good[count++] = flux[i];
        sum += flux[i];
      }
    }
    double deviation = deviation(good, count, count == 0 ? 0 : sum / count);
    if (deviation == 0) {
      Arrays.fill(out, offset, offset + 2 * flux.length, 0f);
      return;
    }
    double median = Quantiles.medianOf(good, count);
    double scale = 1 / deviation;
    for (int i = 0; i < flux.length; i++) {
      double shape = (flux[i] - median) * scale;
      out[offset + 2 * i] = ivar[i] > 0 ? clip(shape, SHAPE_LIMIT) : 0;
    }
    writeLines(flux, ivar, NOISE_FLOOR * deviation, out, offset);
  }

  /**
   * Writes channel 1. A window's sums are differences of sums from the left end: no window waits
   * for the one before it, as it would if sums slid along, so that several are in the making at a
   * time.
   */
  private static void writeLines(
      float[] flux, float[] ivar, double floor, float[] out, int offset) {
    int half = WINDOW / 2;
    int pixels = flux.length;
    RunningSums sums = RunningSums.of(flux, ivar);
    for (int i = 0; i < pixels; i++) {
      float line = 0;
      if (ivar[i] > 0) {
        int from = Math.max(0, i - half);
        int to = Math.min(pixels, i + half + 1);
        double mean = sums.flux(from, to) * RECIPROCAL[sums.good(from, to)];
        double noise =
            MEAN_DIFFERENCE_TO_SIGMA
                * sums.differences(from, to)
                * RECIPROCAL[sums.pairs(from, to)];
        line = clip((flux[i] - mean) / (noise > floor ? noise : floor), LINE_LIMIT);
      }
      out[offset + 2 * i + 1] = line * (1 / LINE_SCALE);
    }
  }

  /** Standard deviation; 0 where it drowns in the rounding of the values themselves. */
  private static double deviation(float[] values, int count, double mean) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double difference = values[i] - mean;
      sum += difference * difference;
    }
    double deviation = count == 0 ? 0 : Math.sqrt(sum / count);
    return deviation > 1e-7 * Math.abs(mean) ? deviation : 0;
  }

  /**
   * Comparisons, which are nearly always foreseen; Math.min and max look at NaN and −0 each time.
   */
  private static float clip(double value, float limit) {
    return value > limit ? limit : value < -limit ? -limit : (float) value;
  }
}

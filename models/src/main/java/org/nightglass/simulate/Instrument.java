package org.nightglass.simulate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * What a fibre spectrograph makes of a source: noise that depends on wavelength and on the sky, the
 * remains of sky lines, calibration errors, outliers, pixels without information.
 *
 * <p>Safe for use by several threads.
 */
public final class Instrument {
  /** Of the mean flux: pixels with less carry no light to speak of. */
  private static final double DARK = 0.01;

  /** Bands of the air: middle and σ in vacuum, Å; depth over that of oxygen's A band. */
  private static final double[][] AIR = {
    {6890, 20, 0.4}, {7240, 50, 0.2}, {7625, 25, 1}, {8220, 60, 0.2}, {9400, 120, 0.6},
  };

  private final WavelengthGrid.Log grid;
  private final double[] wavelength;
  private final double[] sky;
  private final double[] skySlope;
  private final @Nullable Spectrograph spectrograph;

  /** An SDSS-like spectrograph. */
  public Instrument(WavelengthGrid.Log grid) {
    this(grid, null);
  }

  /**
   * @param grid vacuum wavelengths, in steps of 1e-4 in log10
   * @param spectrograph whose noise half of the spectra have; null = none's in particular
   */
  Instrument(WavelengthGrid.Log grid, @Nullable Spectrograph spectrograph) {
    this.spectrograph = spectrograph;
    this.grid = grid;
    this.wavelength = new double[grid.pixels()];
    for (int i = 0; i < wavelength.length; i++) {
      wavelength[i] = grid.wavelength(i);
    }
    this.sky = SkySpectrum.brightness(grid);
    this.skySlope = SkySpectrum.slope(sky);
  }

  /** The wavelengths it observes at. */
  public WavelengthGrid.Log grid() {
    return grid;
  }

  /**
   * What was observed.
   *
   * @param flux flux density in 1e-17 erg/s/cm²/Å, finite, 0 where {@code ivar} is
   * @param ivar inverse variance of {@code flux} as the reduction states it
   * @param noiseFree what the flux would be without noise
   */
  @SuppressWarnings("ArrayRecordComponent") // pixels are wrapped, never compared
  public record Observed(float[] flux, float[] ivar, double[] noiseFree) {

    /** Standard deviation of each pixel; infinite where there is no information. */
    double[] sigma() {
      double[] sigma = new double[ivar.length];
      for (int i = 0; i < sigma.length; i++) {
        sigma[i] = ivar[i] > 0 ? 1 / Math.sqrt(ivar[i]) : Double.POSITIVE_INFINITY;
      }
      return sigma;
    }
  }

  /**
   * Observes a source.
   *
   * @param source noise-free flux density in any unit; changed
   * @param snr the median of flux·√ivar to reach, over the pixels that carry light
   */
  public Observed observe(double[] source, double snr, RandomGenerator random) {
    double median = medianOf(source);
    double unit = median > 0 ? median : Math.max(meanSize(source), 1e-30);
    if (spectrograph != null) {
      blur(source, spectrograph.resolutionKms());
    }
    double[] sigma = noise(random);
    double sourceNoise = 0.5 * random.nextDouble();
    for (int i = 0; i < source.length; i++) {
      source[i] /= unit;
      sigma[i] *= Math.sqrt(1 + sourceNoise * Math.min(10, Math.max(0, source[i])));
    }
    calibrate(source, random);
    double scale = Math.max(medianWhereLight(source, sigma), 1e-6) / snr;
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] *= scale;
    }
    return expose(source, sigma, random);
  }

  /** Observes empty sky. */
  public Observed observeSky(RandomGenerator random) {
    double[] flux = new double[wavelength.length];
    double[] sigma = noise(random);
    // What is left after the subtraction of the mean sky: smooth, of either sign, and lines.
    double offset = 0.25 * random.nextGaussian();
    double tilt = 0.25 * random.nextGaussian();
    double bow = 0.15 * random.nextGaussian();
    double lines = 2 * random.nextGaussian();
    for (int i = 0; i < flux.length; i++) {
      double x = 2.0 * i / flux.length - 1;
      flux[i] = sigma[i] * (offset + tilt * x + bow * x * x) + lines * sky[i];
    }
    return expose(flux, sigma, random);
  }

  /** Noise of unit level in the green: rising in the blue, under sky lines, and far in the red. */
  private double[] noise(RandomGenerator random) {
    if (spectrograph != null && Draw.chance(random, 0.5)) {
      return noiseOf(spectrograph, random);
    }
    double blue = Draw.uniform(random, 0.2, 1.6);
    double red = Draw.uniform(random, -0.2, 0.6);
    double lines = Draw.uniform(random, 0.5, 5);
    double dip = Draw.uniform(random, 0, 0.4);
    double[] sigma = new double[wavelength.length];
    for (int i = 0; i < sigma.length; i++) {
      double w = wavelength[i];
      double ultraviolet = Math.max(0, (4500 - w) / 700);
      double infrared = Math.max(0, (w - 6500) / 2500);
      double camera = (w - 6000) / 120;
      sigma[i] =
          (1 + blue * ultraviolet * ultraviolet + red * infrared + dip * Math.exp(-camera * camera))
              * (1 + lines * sky[i]);
    }
    return sigma;
  }

  /** The noise of a spectrograph under some sky, as if it went on beyond its ends. */
  private double[] noiseOf(Spectrograph own, RandomGenerator random) {
    SkyConditions conditions =
        new SkyConditions(
            Draw.chance(random, 0.6) ? 0 : Draw.logUniform(random, 0.1, 5),
            Draw.logNormal(random, 1, 0.4),
            Draw.uniform(random, 0.5, 1));
    double seconds = Draw.logUniform(random, 300, 5000);
    double[] sigma = new double[wavelength.length];
    for (int i = 0; i < sigma.length; i++) {
      double w = Math.max(own.bluest(), Math.min(own.reddest(), wavelength[i]));
      double background = conditions.brightness(w, sky[i]);
      double width = w * Math.log(10) * grid.log10Step();
      sigma[i] =
          Math.sqrt(own.variance(w, width, 0, background, seconds, conditions.transparency()));
    }
    double unit = medianOf(sigma);
    for (int i = 0; i < sigma.length; i++) {
      sigma[i] /= unit;
    }
    return sigma;
  }

  /**
   * Multiplies by a calibration error: slow wiggles, a tilt, a step where two cameras join, what
   * standard stars leave of the absorption of air.
   */
  private void calibrate(double[] source, RandomGenerator random) {
    double tilt = 0.12 * random.nextGaussian();
    double step = Draw.chance(random, 0.3) ? 0.05 * random.nextGaussian() : 0;
    double amplitude = Draw.logUniform(random, 0.002, 0.04);
    double period = Draw.uniform(random, 0.02, 0.15);
    double phase = 2 * Math.PI * random.nextDouble();
    double bluest = Draw.chance(random, 0.3) ? 0.25 * random.nextGaussian() : 0;
    double air = Draw.chance(random, 0.4) ? 0.08 * random.nextGaussian() : 0;
    Continuum.multiply(
        grid,
        w -> {
          double x = Math.log10(w / 5800);
          double edge = Math.exp(-(Math.log10(w) - 3.58) / 0.02);
          double wiggle = amplitude * Math.sin(2 * Math.PI * x / period + phase);
          double factor =
              1 + 5 * tilt * x + wiggle + step * Math.tanh(x / 0.003) + bluest * Math.min(1, edge);
          factor *= 1 + air * airAbsorption(w);
          return Math.max(0.1, factor);
        },
        source);
  }

  /** Shape of the bands of oxygen and water, 1 in the deepest. */
  private static double airAbsorption(double wavelength) {
    double sum = 0;
    for (double[] band : AIR) {
      double x = (wavelength - band[0]) / band[1];
      sum += band[2] * Math.exp(-0.5 * x * x);
    }
    return sum;
  }

  private Observed expose(double[] signal, double[] sigma, RandomGenerator random) {
    int pixels = signal.length;
    float[] flux = new float[pixels];
    float[] ivar = new float[pixels];
    double brightness = Draw.logUniform(random, 0.3, 30) / Math.max(medianOf(sigma), 1e-30);
    double stated = Draw.logNormal(random, 1, 0.08);
    double shared = Draw.chance(random, 0.5) ? Draw.uniform(random, 0, 0.45) : 0;
    double residual = Draw.chance(random, 0.5) ? 2 * random.nextGaussian() : 0;
    double additive = 0.15 * random.nextGaussian();
    double keep = 1 / Math.hypot(1 - shared, shared);
    double previous = random.nextGaussian();
    for (int i = 0; i < pixels; i++) {
      double fresh = random.nextGaussian();
      // Rebinning shares each raw pixel between two neighbours.
      double noise = keep * ((1 - shared) * fresh + shared * previous);
      previous = fresh;
      double remains = residual * skySlope[i] + additive;
      double value = signal[i] + sigma[i] * (noise + remains);
      double error = sigma[i] * stated;
      flux[i] = (float) (brightness * value);
      ivar[i] = (float) (1 / (brightness * brightness * error * error));
    }
    for (int i = 0; i < pixels; i++) {
      signal[i] *= brightness;
    }
    damage(flux, ivar, random);
    return new Observed(flux, ivar, signal);
  }

  /** Adds outliers, and takes the information from single pixels, blocks and an arm's length. */
  private void damage(float[] flux, float[] ivar, RandomGenerator random) {
    int pixels = flux.length;
    int outliers = random.nextInt(10);
    for (int k = 0; k < outliers; k++) {
      int pixel = random.nextInt(pixels);
      flux[pixel] +=
          (float)
              (Draw.uniform(random, 4, 25)
                  * (random.nextInt(4) == 0 ? -1 : 1)
                  / Math.sqrt(ivar[pixel]));
    }
    if (Draw.chance(random, 0.4)) {
      int singles = (int) Draw.logUniform(random, 1, 120);
      for (int k = 0; k < singles; k++) {
        ivar[random.nextInt(pixels)] = 0;
      }
    }
    if (Draw.chance(random, 0.3)) {
      int blocks = 1 + random.nextInt(4);
      for (int k = 0; k < blocks; k++) {
        erase(ivar, random.nextInt(pixels), (int) Draw.logUniform(random, 2, 50));
      }
    }
    if (Draw.chance(random, 0.15)) {
      maskSkyLines(ivar, Draw.uniform(random, 0.2, 0.7));
    }
    if (Draw.chance(random, 0.04)) {
      erase(ivar, random.nextInt(pixels), (int) Draw.logUniform(random, 100, 900));
    }
    for (int i = 0; i < pixels; i++) {
      if (ivar[i] == 0) {
        flux[i] = 0;
      }
    }
  }

  private void maskSkyLines(float[] ivar, double limit) {
    for (int i = 0; i < ivar.length; i++) {
      if (sky[i] > limit) {
        ivar[i] = 0;
      }
    }
  }

  private static void erase(float[] ivar, int from, int length) {
    Arrays.fill(ivar, from, Math.min(ivar.length, from + length), 0f);
  }

  /** Coarsens a source to a resolution. */
  private void blur(double[] source, double kms) {
    double pixelKms = Lines.LIGHT_KMS * Math.log(10) * grid.log10Step();
    double added = kms * kms - Lines.INSTRUMENT_KMS * Lines.INSTRUMENT_KMS;
    if (added > 0) {
      Smoothing.gaussian(source, Math.sqrt(added) / pixelKms);
    }
  }

  /** Median of every eighth value: exact enough for a scale, and cheap. */
  private static double medianOf(double[] values) {
    double[] some = new double[(values.length + 7) / 8];
    for (int i = 0; i < some.length; i++) {
      some[i] = values[8 * i];
    }
    Arrays.sort(some);
    return some[some.length / 2];
  }

  /**
   * Median of |flux| / σ over the pixels that carry light: where a quasar's Lyman α forest has
   * swallowed more than half of a spectrum, the median of all would be that of darkness.
   */
  private static double medianWhereLight(double[] flux, double[] sigma) {
    double dark = DARK * meanSize(flux);
    double[] ratios =
        IntStream.range(0, flux.length)
            .filter(i -> Math.abs(flux[i]) > dark)
            .mapToDouble(i -> Math.abs(flux[i]) / sigma[i])
            .toArray();
    return ratios.length == 0 ? 0 : medianOf(ratios);
  }

  private static double meanSize(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += Math.abs(value);
    }
    return sum / values.length;
  }
}

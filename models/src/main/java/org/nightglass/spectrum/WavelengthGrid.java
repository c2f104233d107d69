package org.nightglass.spectrum;

/**
 * The wavelengths of an arm's pixels: observed frame, Å, at pixel centres.
 *
 * <p>A grid does not check itself: a telescope may send a broken one, and saying so is validation's
 * job, which knows the spectrum it came from.
 */
public sealed interface WavelengthGrid {

  /** Number of pixels. */
  int pixels();

  /** Wavelength in Å at the centre of a pixel, {@code 0 <= pixel < pixels()}. */
  double wavelength(int pixel);

  /**
   * Pixels of equal width in log10 of the wavelength.
   *
   * @param log10Start log10 of the first pixel's wavelength in Å
   * @param log10Step step per pixel in log10 (SDSS: 1e-4, 69 km/s)
   */
  record Log(double log10Start, double log10Step, int pixels) implements WavelengthGrid {
    @Override
    public double wavelength(int pixel) {
      return Math.pow(10, log10Start + pixel * log10Step);
    }
  }

  /**
   * Pixels of equal width in wavelength.
   *
   * @param start wavelength of the first pixel in Å
   * @param step step per pixel in Å (DESI: 0.8)
   */
  record Linear(double start, double step, int pixels) implements WavelengthGrid {
    @Override
    public double wavelength(int pixel) {
      return start + pixel * step;
    }
  }

  /**
   * Wavelengths given one by one.
   *
   * @param wavelengths Å; owned by the grid from here on, not copied
   */
  @SuppressWarnings(
      "ArrayRecordComponent") // thousands of pixels a spectrum: wrapped, never compared
  record Explicit(double[] wavelengths) implements WavelengthGrid {
    @Override
    public int pixels() {
      return wavelengths.length;
    }

    @Override
    public double wavelength(int pixel) {
      return wavelengths[pixel];
    }
  }
}

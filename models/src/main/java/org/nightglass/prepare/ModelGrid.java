package org.nightglass.prepare;

/**
 * The wavelength grid that a model works on: vacuum, observed frame, equal steps in log10.
 *
 * @param log10Start log10 of the first pixel's wavelength in Å
 * @param log10Step step per pixel
 * @param pixels number of pixels
 */
public record ModelGrid(double log10Start, double log10Step, int pixels) {

  /** The grid of GaSNet-II and of SDSS spectra: 3600 pixels of 1e-4 from log10 λ = 3.58. */
  public static final ModelGrid SDSS_3600 = new ModelGrid(3.58, 1e-4, 3600);

  /**
   * What DESI sees, 3,600 to 9,842 Å, on SDSS's pixels: 4MOST, SDSS and most of BOSS lie within.
   */
  public static final ModelGrid OPTICAL_4368 = new ModelGrid(3.5563, 1e-4, 4368);

  /** Wavelength in Å at the centre of a pixel. */
  public double wavelength(int pixel) {
    return Math.pow(10, log10Start + pixel * log10Step);
  }
}

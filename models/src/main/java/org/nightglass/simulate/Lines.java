package org.nightglass.simulate;

import org.nightglass.spectrum.WavelengthGrid;

/**
 * Adds Gaussian lines to a spectrum on a log grid. A line's width is given as velocity dispersion σ
 * in km/s, to which the instrument's is added in quadrature.
 */
final class Lines {
  static final double LIGHT_KMS = 299_792.458;

  /** Instrumental σ of the sharpest spectrograph (R ≈ 3600), km/s; others blur it further. */
  static final double INSTRUMENT_KMS = 35;

  private final WavelengthGrid.Log grid;
  private final double[] flux;
  private final double pixelKms;

  Lines(WavelengthGrid.Log grid, double[] flux) {
    this.grid = grid;
    this.flux = flux;
    this.pixelKms = LIGHT_KMS * Math.log(10) * grid.log10Step();
  }

  /** Position of a wavelength in pixels, fractional, possibly off the grid. */
  double position(double wavelength) {
    return (Math.log10(wavelength) - grid.log10Start()) / grid.log10Step();
  }

  /** Flux at a wavelength; that of the nearest pixel of the grid. */
  double fluxAt(double wavelength) {
    int pixel = (int) Math.round(position(wavelength));
    return flux[Math.max(0, Math.min(flux.length - 1, pixel))];
  }

  /**
   * Adds an emission line.
   *
   * @param wavelength observed, Å
   * @param kms velocity dispersion σ
   * @param width equivalent width in Å, observed frame
   * @param continuum flux density that the equivalent width refers to
   */
  void emit(double wavelength, double kms, double width, double continuum) {
    double sigma = Math.hypot(kms, INSTRUMENT_KMS);
    double sigmaAngstrom = wavelength * sigma / LIGHT_KMS;
    double amplitude = width * continuum / (Math.sqrt(2 * Math.PI) * sigmaAngstrom);
    addProfile(wavelength, sigma, amplitude);
  }

  /** Adds a Gaussian of a given height, a negative one takes away. */
  void addProfile(double wavelength, double sigmaKms, double amplitude) {
    forEachPixel(wavelength, sigmaKms, (i, profile) -> flux[i] += amplitude * profile);
  }

  /**
   * Absorbs.
   *
   * @param wavelength observed, Å
   * @param kms velocity dispersion σ
   * @param depth share of the flux that is missing at the line's centre, before the instrument
   */
  void absorb(double wavelength, double kms, double depth) {
    double sigma = Math.hypot(kms, INSTRUMENT_KMS);
    double seen = Math.min(1, depth) * kms / sigma;
    forEachPixel(wavelength, sigma, (i, profile) -> flux[i] *= 1 - seen * profile);
  }

  private interface PixelAction {
    void accept(int pixel, double profile);
  }

  private void forEachPixel(double wavelength, double sigmaKms, PixelAction action) {
    double centre = position(wavelength);
    double sigma = sigmaKms / pixelKms;
    int from = (int) Math.max(0, Math.ceil(centre - 5 * sigma));
    int to = (int) Math.min(flux.length - 1, Math.floor(centre + 5 * sigma));
    for (int i = from; i <= to; i++) {
      double x = (i - centre) / sigma;
      action.accept(i, Math.exp(-0.5 * x * x));
    }
  }
}

package org.nightglass.simulate;

import org.nightglass.spectrum.WavelengthGrid;

/**
 * An arm's pixels and where each lies between those of the source's grid.
 *
 * @param width of each pixel, Å
 * @param sky brightness of the airglow's lines
 * @param below index of the source's pixel to its left
 * @param share of the pixel to its right
 */
@SuppressWarnings("ArrayRecordComponent") // pixels are wrapped, never compared
record ArmSampling(
    String name,
    WavelengthGrid grid,
    double[] wavelength,
    double[] width,
    double[] sky,
    int[] below,
    double[] share) {

  static ArmSampling of(Spectrograph.ArmPixels arm, WavelengthGrid.Log source, double[] lines) {
    int n = arm.grid().pixels();
    double[] wavelength = new double[n];
    double[] width = new double[n];
    int[] below = new int[n];
    double[] share = new double[n];
    for (int i = 0; i < n; i++) {
      wavelength[i] = arm.grid().wavelength(i);
      width[i] = arm.grid().wavelength(i + 1) - wavelength[i];
      double position = (Math.log10(wavelength[i]) - source.log10Start()) / source.log10Step();
      below[i] = (int) Math.floor(position);
      share[i] = position - below[i];
    }
    ArmSampling pixels =
        new ArmSampling(arm.name(), arm.grid(), wavelength, width, new double[n], below, share);
    System.arraycopy(pixels.sample(lines), 0, pixels.sky, 0, n);
    return pixels;
  }

  double at(double[] flux, int i) {
    return (1 - share[i]) * flux[below[i]] + share[i] * flux[below[i] + 1];
  }

  double[] sample(double[] flux) {
    double[] sampled = new double[below.length];
    for (int i = 0; i < sampled.length; i++) {
      sampled[i] = at(flux, i);
    }
    return sampled;
  }
}

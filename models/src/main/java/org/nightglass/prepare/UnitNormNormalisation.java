package org.nightglass.prepare;

import java.util.Arrays;

/**
 * GaSNet-II's normalisation (arXiv:2311.04146): flux divided by its L2 norm, times √pixels; one
 * channel.
 *
 * <p>Unlike the paper's, which interpolates, pixels without information (ivar 0) are 0 and do not
 * enter the norm. A spectrum that is 0 everywhere stays 0.
 */
public final class UnitNormNormalisation implements Normalisation {
  /** The name that stands in model cards. */
  public static final String NAME = "unit-norm";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int channels() {
    return 1;
  }

  /** One pixel that holds all of the flux. */
  @Override
  public float limit(int pixels) {
    return (float) Math.sqrt(pixels);
  }

  @Override
  public void write(PreparedSpectrum spectrum, float[] out, int offset) {
    float[] flux = spectrum.flux();
    float[] ivar = spectrum.ivar();
    double sum = 0;
    for (int i = 0; i < flux.length; i++) {
      if (ivar[i] > 0) {
        sum += (double) flux[i] * flux[i];
      }
    }
    if (sum == 0) {
      Arrays.fill(out, offset, offset + flux.length, 0f);
      return;
    }
    double scale = Math.sqrt(flux.length / sum);
    for (int i = 0; i < flux.length; i++) {
      out[offset + i] = ivar[i] > 0 ? (float) (flux[i] * scale) : 0;
    }
  }
}

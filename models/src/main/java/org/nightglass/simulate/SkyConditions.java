package org.nightglass.simulate;

/**
 * The sky during an exposure.
 *
 * @param moonlight brightness of the sky in the blue over that of a dark one, less 1: 0 dark, 1
 *     grey, 5 bright
 * @param airglow strength of the sky's lines, 1 as usual
 * @param transparency share of the light that arrives, 0 to 1: clouds, seeing, airmass together
 */
public record SkyConditions(double moonlight, double airglow, double transparency) {
  /** A dark and clear night. */
  public static final SkyConditions DARK = new SkyConditions(0, 1, 1);

  private static final double DARK_SKY = 0.75;
  private static final double LINE_PEAK = 14;

  /**
   * @throws IllegalArgumentException if light is negative, or the transparency not above 0 and at
   *     most 1
   */
  public SkyConditions {
    if (!(moonlight >= 0 && airglow >= 0 && transparency > 0 && transparency <= 1)) {
      throw new IllegalArgumentException(
          "a sky has moonlight and airglow of 0 or more and transparency above 0 and up to 1; got %s, %s, %s"
              .formatted(moonlight, airglow, transparency));
    }
  }

  /**
   * Surface brightness in 1e-17 erg/s/cm²/Å/arcsec²: about 21.7 mag in V for a dark sky; moonlight
   * falls with the fourth power of the wavelength.
   *
   * @param wavelength Å
   * @param lines brightness of the airglow's lines, 1 = [O I] 5578.9
   */
  double brightness(double wavelength, double lines) {
    double moon = moonlight * Math.pow(4500 / wavelength, 4);
    return DARK_SKY * (1 + moon) + LINE_PEAK * airglow * lines;
  }
}

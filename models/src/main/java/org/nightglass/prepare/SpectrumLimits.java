package org.nightglass.prepare;

import java.time.Duration;

/**
 * How large a spectrum may be and which numbers of its header are taken for sane.
 *
 * @param maxArms greatest number of arms
 * @param maxPixels greatest number of pixels, all arms together
 * @param maxIdLength greatest length of any identifier, in characters
 * @param minWavelength shortest wavelength in Å
 * @param maxWavelength longest wavelength in Å
 * @param minMjd earliest start of an exposure, modified Julian date
 * @param futureTolerance how far a producer's clock may be ahead of ours
 */
public record SpectrumLimits(
    int maxArms,
    int maxPixels,
    int maxIdLength,
    double minWavelength,
    double maxWavelength,
    double minMjd,
    Duration futureTolerance) {

  /**
   * Up to 8 arms (no multi-fibre instrument has more than three) and 65,536 pixels: eight times a
   * DESI spectrum, nearly three times one of 4MOST at low resolution, and at 12 bytes a pixel
   * (flux, ivar, mask) 786 kB, which still fits Kafka's default limit of 1 MiB a record. 100 Å to 1
   * mm, from 1900 on, clocks up to 10 minutes ahead.
   */
  public static final SpectrumLimits DEFAULT =
      new SpectrumLimits(8, 65_536, 256, 100, 1e7, 15_020, Duration.ofMinutes(10));

  /** These limits, but for the three that a site may want to set. */
  public SpectrumLimits with(int arms, int pixels, Duration tolerance) {
    return new SpectrumLimits(
        arms, pixels, maxIdLength, minWavelength, maxWavelength, minMjd, tolerance);
  }
}

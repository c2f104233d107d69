package org.nightglass.bench;

import java.util.List;
import org.nightglass.spectrum.ObservedSpectrum;

/** The sample for benchmarks of other packages. */
public final class SampleNights {
  private static final int COUNT = 128;

  private SampleNights() {}

  public static List<ObservedSpectrum> sdss() {
    return SampleNight.simulate(EventKind.SDSS, COUNT).spectra();
  }

  public static List<ObservedSpectrum> desi() {
    return SampleNight.simulate(EventKind.DESI, COUNT).spectra();
  }
}

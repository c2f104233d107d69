package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.ObservedSpectrum;

/** Observed spectra to train on, whose classes and redshifts are known. */
public interface ObservedSource {

  /** Where they come from, as it stands in the bundle's card. */
  String description();

  /** Hands every spectrum to a reader. */
  void read(Reader reader);

  /** Takes what is read. */
  interface Reader {
    /**
     * @param spectrum as observed
     * @param objectClass GALAXY, QSO, STAR; others are passed over
     * @param subclass words after it; null, blank or {@code nan} where there are none
     * @param z redshift
     */
    void spectrum(
        ObservedSpectrum spectrum, String objectClass, @Nullable String subclass, double z);
  }
}

package org.nightglass.evaluate;

import org.nightglass.simulate.NightSimulator;
import org.nightglass.simulate.SimulatedSpectrum;
import org.nightglass.simulate.Truth;

/**
 * A night of the built-in simulator with its built-in library of formulas: galaxies, quasars, stars
 * and sky fibres with an SDSS-like spectrograph.
 */
public final class SimulatedSource implements SpectrumSource {
  private static final String NIGHT = "20250101";
  private static final int FIBRES = 500;

  private final int spectra;
  private final long seed;

  /**
   * @param spectra at least 1
   * @param seed the same seed gives the same spectra
   */
  public SimulatedSource(int spectra, long seed) {
    if (spectra < 1) {
      throw new IllegalArgumentException("simulated spectra must be at least 1, got " + spectra);
    }
    this.spectra = spectra;
    this.seed = seed;
  }

  @Override
  public String description() {
    return ("%d spectra simulated with the built-in parametric library, seed %d: no observed"
            + " spectra, and no templates but formulas")
        .formatted(spectra, seed);
  }

  @Override
  public int size() {
    return spectra;
  }

  @Override
  public void read(Reader reader) {
    NightSimulator night = new NightSimulator(seed, NIGHT, FIBRES);
    for (int i = 0; i < spectra; i++) {
      SimulatedSpectrum simulated = night.spectrum(i);
      Truth truth = simulated.truth();
      boolean sky = truth.label().equals(Truth.SKY);
      reader.spectrum(
          new LabelledSpectrum(
              simulated.spectrum().observation().spectrumId(),
              simulated.spectrum(),
              sky ? Labels.SKY : truth.label(),
              null,
              sky ? null : truth.z()));
    }
  }
}

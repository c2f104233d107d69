package org.nightglass.spectrum;

import java.util.List;

/**
 * A spectrum as the telescope's reduction made it.
 *
 * @param observation what was observed
 * @param arms one or more arms, in order of wavelength
 */
public record ObservedSpectrum(Observation observation, List<Arm> arms) {
  public ObservedSpectrum {
    arms = List.copyOf(arms);
  }
}

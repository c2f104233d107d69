package org.nightglass.prepare;

import java.time.Instant;
import org.nightglass.spectrum.ObservedSpectrum;

/** From arms as observed to one row on the model's grid. */
public final class Preparer {
  private final SpectrumValidator validator;
  private final ModelGrid grid;

  public Preparer(ModelGrid grid, SpectrumLimits limits) {
    this.grid = grid;
    this.validator = new SpectrumValidator(limits);
  }

  /**
   * @param spectrum as observed
   * @param now the time of the check
   * @throws org.nightglass.spectrum.BadSpectrumException if the spectrum cannot be processed
   */
  public PreparedSpectrum prepare(ObservedSpectrum spectrum, Instant now) {
    validator.validate(spectrum, now);
    throw new UnsupportedOperationException("on " + grid);
  }
}

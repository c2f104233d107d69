package org.nightglass.policy;

/**
 * A window of wavelengths in which a rule asks for a signal-to-noise ratio.
 *
 * @param fromAngstrom shortest wavelength in Å, vacuum, observed frame
 * @param toAngstrom longest wavelength in Å
 */
public record SnrWindow(double fromAngstrom, double toAngstrom) {
  public SnrWindow {
    if (!(fromAngstrom > 0 && toAngstrom > fromAngstrom && toAngstrom < 1e7)) {
      throw new IllegalArgumentException(
          "a window runs from a positive wavelength to a longer one, got "
              + fromAngstrom
              + "-"
              + toAngstrom);
    }
  }
}

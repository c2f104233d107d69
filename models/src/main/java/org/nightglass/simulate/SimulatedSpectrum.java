package org.nightglass.simulate;

import org.nightglass.spectrum.ObservedSpectrum;

/**
 * A spectrum and what it really is.
 *
 * @param spectrum as a telescope's reduction would send it
 * @param truth what it was made from
 */
public record SimulatedSpectrum(ObservedSpectrum spectrum, Truth truth) {}

/**
 * Reads spectra as observatories publish them (FITS) into {@link
 * org.nightglass.spectrum.ObservedSpectrum}.
 */
@NullMarked
package org.nightglass.fits;

import org.jspecify.annotations.NullMarked;

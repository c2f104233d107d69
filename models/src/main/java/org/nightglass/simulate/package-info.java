/**
 * Spectra with known class and redshift, seeded: spectrum i of a seed is the same whatever was
 * drawn before it.
 *
 * <pre>
 *  SourceLibrary ──► noise-free flux ──► Instrument ──► flux, ivar ──┬─► NightSimulator    ObservedSpectrum, a night of them
 *  (parametric,      (observed frame)    (noise, sky,                └─► TrainingSimulator PreparedSpectrum on the model's grid
 *   templates)                            gaps, calibration)
 * </pre>
 */
@NullMarked
package org.nightglass.simulate;

import org.jspecify.annotations.NullMarked;

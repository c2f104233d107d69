/**
 * What a spectrum is, before anything has been done to it: plain values, no behaviour beyond their
 * own consistency.
 *
 * <pre>
 *  ingest ──► ObservedSpectrum ──► prepare ──► PreparedSpectrum ──► infer ──► Inference ──► decide ──► Decision
 *             (arms as observed)               (one model grid)               (probabilities)          (class, z, warnings)
 * </pre>
 */
@NullMarked
package org.nightglass.spectrum;

import org.jspecify.annotations.NullMarked;

/**
 * How good a model is, on spectra whose class and redshift are known.
 *
 * <pre>
 *  SpectrumSource ──► BundleScorer ───────► Scored ──► Evaluation ──► EvaluationJson   numbers
 *  (catalogue, sky,   (prepare, infer,        ▲        (Score,        EvaluationHtml   page with plots
 *   simulations)       decide)                │         curves)       EvaluationText   table for a terminal
 *                                             │
 *  PublishedPredictions ──────────────────────┘
 * </pre>
 *
 * The scores know nothing of how a prediction came about, so a table of somebody else's predictions
 * is judged by the same code as a bundle. A figure that cannot be computed is null, never NaN.
 */
@NullMarked
package org.nightglass.evaluate;

import org.jspecify.annotations.NullMarked;

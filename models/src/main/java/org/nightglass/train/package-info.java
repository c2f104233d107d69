/**
 * Networks, training, export. Everything that a bundle is made of starts here.
 *
 * <pre>
 *  simulate ──► SamplePool ──► BatchSource ──► Trainer ──► Weights ──► SavedModelWriter ──┐
 *                                              (TrainingGraph)                            ├─► BundleTrainer ──► bundle
 *                              held back ────► Calibration (temperature, errors, limits) ─┘
 * </pre>
 *
 * A network is written once, against {@link org.nightglass.train.Layers}, and runs on variables
 * while it is trained and on constants, batch normalisation folded, once it is exported.
 */
@NullMarked
package org.nightglass.train;

import org.jspecify.annotations.NullMarked;

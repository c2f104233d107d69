/**
 * A survey under a simulated sky, to find out what feedback is worth: the same fields, weather and
 * failing fibres, observed once for each way of planning, all through Kafka and the real
 * application.
 *
 * <pre>
 *                       ┌──────────── SurveyRun (one mode) ───────────────┐
 *   Weather, Ephemeris ─┤                                                 │
 *   SkyTruth ───────────┴► Telescope ─► spectra, night-events             │
 *                             ▲              │                            │
 *                       Visit │         NightglassApp                     │
 *                             │              │                            │
 *                    scheduler (GreedyScheduler) ◄─ field-progress, target-state
 *                             └─► plan       └─► results ─► ResultLog ─► Curve
 * </pre>
 *
 * The truth stays on the telescope's side; what is reported is what the application accepted, and
 * next to it how much of that is right.
 */
@NullMarked
package org.nightglass.survey;

import org.jspecify.annotations.NullMarked;

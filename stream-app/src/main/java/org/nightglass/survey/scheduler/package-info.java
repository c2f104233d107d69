/**
 * A small greedy reference scheduler: an example of what closes the loop, for a survey to replace
 * by its own.
 *
 * <pre>
 *   field-progress ─┐                              ┌─► plan
 *                   ├─► Feedback ─► GreedyScheduler ┤
 *   target-state  ──┘               (FieldBelief)  └─► Visit, to whoever points the telescope
 * </pre>
 *
 * It is an ordinary consumer and an ordinary producer: it knows its catalogue, the site and what
 * the topics say, and nothing of the simulation beside it.
 */
@NullMarked
package org.nightglass.survey.scheduler;

import org.jspecify.annotations.NullMarked;

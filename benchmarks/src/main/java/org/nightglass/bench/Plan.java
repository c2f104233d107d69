package org.nightglass.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often everything is measured, at most
 * @param sdssEvents in the topic that a run of the application works through
 * @param desiEvents likewise
 * @param rawPasses over the sample in one measurement of the raw session and of the engine
 * @param stagePasses over the sample in one measurement of decoding, preparing, normalising
 * @param latencySeconds how long spectra come at a steady rate
 * @param within no round is begun that would likely end later than this, after the first two
 */
record Plan(
    int rounds,
    int sdssEvents,
    int desiEvents,
    int rawPasses,
    int stagePasses,
    double latencySeconds,
    Duration within) {
  /** Different spectra; events repeat them under names of their own. */
  static final int SAMPLE = 512;

  static final Plan FULL = new Plan(5, 10_000, 6_000, 8, 8, 40, Duration.ofHours(1));
  static final Plan SHORT = new Plan(3, 4_000, 2_400, 4, 4, 15, Duration.ofSeconds(210));

  int events(EventKind kind) {
    return kind == EventKind.SDSS ? sdssEvents : desiEvents;
  }
}

package org.nightglass.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param rounds how often everything is measured, at most
 * @param warmUps runs without a model before anything counts, at most
 * @param warmUpWithin no such run is begun later than this, after the first three
 * @param sdssEvents in the topic that a run of the application works through
 * @param desiEvents likewise
 * @param paperRounds in how many of the rounds GaSNet-II's networks are measured: they take half of
 *     the time
 * @param paperEvents of the first topic, that a run with GaSNet-II's networks works through
 * @param rawPasses over the sample in one measurement of the raw session and of the engine
 * @param paperPasses the same with GaSNet-II's networks
 * @param stagePasses over the sample in one measurement of decoding, preparing, normalising
 * @param latencySeconds how long spectra come at a steady rate
 * @param everything whether also what a short run leaves out: events at least once, DESI-like ones
 *     without a model, latency at least once
 * @param within no round is begun that would likely end later than this, after the first two
 */
record Plan(
    int rounds,
    int warmUps,
    Duration warmUpWithin,
    int sdssEvents,
    int desiEvents,
    int paperRounds,
    int paperEvents,
    int rawPasses,
    int paperPasses,
    int stagePasses,
    double latencySeconds,
    boolean everything,
    Duration within) {
  /** Different spectra; events repeat them under names of their own. */
  static final int SAMPLE = 512;

  static final Plan FULL =
      new Plan(
          5,
          5,
          Duration.ofMinutes(5),
          20_000,
          8_000,
          5,
          8_000,
          8,
          2,
          8,
          40,
          true,
          Duration.ofHours(1));
  static final Plan SHORT =
      new Plan(
          2,
          10,
          Duration.ofSeconds(50),
          8_000,
          1_500,
          1,
          1_000,
          8,
          1,
          4,
          6,
          false,
          Duration.ofSeconds(130));

  /** Of GaSNet-II's networks alone: fewer rounds, but long ones in a warm JVM. */
  static final Plan GATE =
      new Plan(
          2,
          10,
          Duration.ofMinutes(5),
          6_000,
          0,
          2,
          5_000,
          0,
          1,
          0,
          0,
          false,
          Duration.ofMinutes(4));

  Plan withRounds(int other) {
    return new Plan(
        other,
        warmUps,
        warmUpWithin,
        sdssEvents,
        desiEvents,
        other,
        paperEvents,
        rawPasses,
        paperPasses,
        stagePasses,
        latencySeconds,
        everything,
        within);
  }

  int events(EventKind kind) {
    return kind == EventKind.SDSS ? sdssEvents : desiEvents;
  }
}

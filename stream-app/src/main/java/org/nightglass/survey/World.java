package org.nightglass.survey;

import java.time.LocalDate;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All that a survey meets and no scheduler can change: nights, sky, weather, failing fibres. The
 * same whatever feedback there is.
 */
record World(long seed, List<ObservingNight> nights, SkyTruth sky, Weather weather, Fibres fibres) {

  /** First night: a waxing half moon that sets at midnight. */
  static final LocalDate FIRST_NIGHT = LocalDate.of(2025, 11, 27);

  /** Share of the dark hours in which a shutter is open, as a survey plans. */
  private static final double USABLE = 0.7;

  /** Each field is to be exposed about so often. */
  private static final double VISITS = 1.2;

  /** Exposures are longer than their goal by this for airmass. */
  private static final double AIRMASS_FACTOR = 1.2;

  World {
    nights = List.copyOf(nights);
  }

  /**
   * @param preset the survey
   * @param seed of all chance
   * @param nights how many nights it lasts, at least 1
   * @param fibres targets in a field, at least 1
   */
  static World of(SimulatedSurvey preset, long seed, int nights, int fibres) {
    SplittableRandom seeds = new SplittableRandom(seed);
    List<ObservingNight> all =
        ObservingNight.from(FIRST_NIGHT, nights, preset.site(), preset.zone());
    return new World(
        seed,
        all,
        new SkyTruth(
            seeds.nextLong(), preset.programme(), preset.site(), all, fields(preset, all), fibres),
        new Weather(seeds.nextLong(), nights),
        new Fibres(seeds.nextLong(), fibres, nights));
  }

  /** As many fields as the nights have time for. */
  private static int fields(SimulatedSurvey preset, List<ObservingNight> nights) {
    double dark = nights.stream().mapToDouble(n -> n.end() - n.begin()).sum() * 86_400;
    double each = preset.goals().seconds() * AIRMASS_FACTOR + preset.goals().overheadSeconds();
    return (int) Math.max(2, Math.rint(dark * USABLE / each / VISITS));
  }
}

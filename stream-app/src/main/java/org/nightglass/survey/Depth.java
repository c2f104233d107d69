package org.nightglass.survey;

import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SurveySpectra;

/**
 * Everything that a target was exposed to so far. Its exposures are added up: photons of source and
 * sky alike, so that the sum is an exposure of their total time in mean conditions.
 *
 * @param exposures number of exposures
 * @param seconds their total time
 * @param moonlight sum of moonlight times seconds
 * @param transparency sum of transparency times seconds
 */
record Depth(int exposures, double seconds, double moonlight, double transparency) {
  static final Depth NONE = new Depth(0, 0, 0, 0);

  /** With another exposure. */
  Depth plus(SurveySpectra.Exposure exposure) {
    double more = exposure.seconds();
    return new Depth(
        exposures + 1,
        seconds + more,
        moonlight + more * exposure.sky().moonlight(),
        transparency + more * exposure.sky().transparency());
  }

  /** The exposure that it amounts to. */
  SurveySpectra.Exposure sum() {
    return new SurveySpectra.Exposure(
        seconds,
        new SkyConditions(
            moonlight / seconds, SkyConditions.DARK.airglow(), transparency / seconds));
  }
}

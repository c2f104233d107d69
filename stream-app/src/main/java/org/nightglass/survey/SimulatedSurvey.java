package org.nightglass.survey;

import java.time.ZoneId;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.survey.scheduler.Goals;
import org.nightglass.survey.scheduler.Site;

/**
 * The surveys that can be simulated: one programme each, its telescope's site, its goals.
 *
 * <p>Goals are set where the shipped bundle serves about three quarters of what it ever will;
 * ceiling and scale of the expected yield are rounded from simulated exposures under a clear sky
 * (256 targets at each of five depths). They are what a survey knows of itself beforehand.
 */
public enum SimulatedSurvey {
  SDSS(
      SurveyProgramme.SDSS_LEGACY,
      new Goals("sdss", "dark", 5.4, 700, 0.9, 0.6, 1200, 120, 0.99, 0.27),
      new Site(-105.82, 32.78),
      ZoneId.of("America/Denver")),
  DESI(
      SurveyProgramme.DESI_DARK,
      new Goals("desi", "dark", 0.98, 1000, 0.9, 0.6, 1800, 120, 0.75, 0.8),
      new Site(-111.60, 31.96),
      ZoneId.of("America/Phoenix")),
  FOURMOST(
      SurveyProgramme.FOURMOST,
      new Goals("4most", "galaxies", 3.1, 600, 0.9, 0.6, 1200, 120, 0.95, 0.34),
      new Site(-70.40, -24.63),
      ZoneId.of("America/Santiago"));

  private final SurveyProgramme programme;
  private final Goals goals;
  private final Site site;
  private final ZoneId zone;

  SimulatedSurvey(SurveyProgramme programme, Goals goals, Site site, ZoneId zone) {
    this.programme = programme;
    this.goals = goals;
    this.site = site;
    this.zone = zone;
  }

  /**
   * The survey of a name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SimulatedSurvey named(String name) {
    for (SimulatedSurvey preset : values()) {
      if (preset.goals.survey().equalsIgnoreCase(name)) {
        return preset;
      }
    }
    throw new IllegalArgumentException(
        "no survey '" + name + "' can be simulated (accepted: sdss, desi, 4most)");
  }

  SurveyProgramme programme() {
    return programme;
  }

  Goals goals() {
    return goals;
  }

  Site site() {
    return site;
  }

  ZoneId zone() {
    return zone;
  }
}

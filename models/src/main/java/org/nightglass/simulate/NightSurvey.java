package org.nightglass.simulate;

import java.util.List;

/**
 * Whose night is simulated: the names that its spectra carry, and when its evening is.
 *
 * @param name of the survey
 * @param hoursFromUtc local standard time, hours east of Greenwich
 * @param programmes one a field, by turns
 */
public record NightSurvey(String name, double hoursFromUtc, List<String> programmes) {
  /** Apache Point. */
  public static final NightSurvey SDSS =
      new NightSurvey("sdss", -7, List.of("dark", "dark", "bright"));

  /** Kitt Peak. */
  public static final NightSurvey DESI =
      new NightSurvey("desi", -7, List.of("dark", "dark", "bright", "backup"));

  /** Paranal; sub-surveys stand where others have programmes. */
  public static final NightSurvey FOURMOST =
      new NightSurvey("4most", -4, List.of("milky-way", "agn", "galaxies"));

  public NightSurvey {
    programmes = List.copyOf(programmes);
    if (programmes.isEmpty()) {
      throw new IllegalArgumentException("survey " + name + " has no programme");
    }
  }
}

package org.nightglass.simulate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose night is simulated: the names that its spectra carry, when its evening is, what its
 * programmes point fibres at.
 *
 * @param name of the survey
 * @param hoursFromUtc local standard time, hours east of Greenwich
 * @param programmes one a field, by turns
 */
public record NightSurvey(String name, double hoursFromUtc, List<Programme> programmes) {

  /**
   * A programme.
   *
   * @param name as its spectra carry it
   * @param targets what it points at, and through which spectrograph; null = galaxies, quasars and
   *     stars evenly by S/N, on SDSS's grid
   */
  public record Programme(String name, @Nullable SurveyProgramme targets) {}

  /** Apache Point, a mixture that shows everything. */
  public static final NightSurvey SDSS =
      new NightSurvey(
          "sdss",
          -7,
          List.of(
              new Programme("dark", null),
              new Programme("dark", null),
              new Programme("bright", null)));

  /** Kitt Peak: three arms. */
  public static final NightSurvey DESI =
      new NightSurvey(
          "desi",
          -7,
          List.of(
              new Programme("dark", SurveyProgramme.DESI_DARK),
              new Programme("dark", SurveyProgramme.DESI_DARK),
              new Programme("bright", SurveyProgramme.DESI_BRIGHT),
              new Programme("backup", SurveyProgramme.DESI_BRIGHT)));

  /** Paranal: three arms; sub-surveys stand where others have programmes. */
  public static final NightSurvey FOURMOST =
      new NightSurvey(
          "4most",
          -4,
          List.of(
              new Programme("milky-way", SurveyProgramme.FOURMOST),
              new Programme("agn", SurveyProgramme.FOURMOST),
              new Programme("galaxies", SurveyProgramme.FOURMOST)));

  public NightSurvey {
    programmes = List.copyOf(programmes);
    if (programmes.isEmpty()) {
      throw new IllegalArgumentException("survey " + name + " has no programme");
    }
  }

  /** The programme of a field. */
  Programme programme(int field) {
    return programmes.get(field % programmes.size());
  }
}

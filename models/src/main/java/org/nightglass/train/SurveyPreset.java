package org.nightglass.train;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.simulate.Spectrograph;

/**
 * What a bundle is for: its classes, its wavelengths, whose spectra it is trained on.
 *
 * @param classes labels in the order of the output: {@code GALAXY}, {@code QSO}, {@code STAR}, or
 *     these with a type behind an underscore ({@link ClassScheme})
 * @param grid of every network
 * @param spectrographs whose spectra are simulated, each an equal share
 * @param leastSnr redshifts from spectra of less median S/N are never accepted; fainter where
 *     redshifts come from emission lines alone
 */
public record SurveyPreset(
    List<String> classes, ModelGrid grid, List<Spectrograph> spectrographs, double leastSnr) {
  private static final double LEAST_SNR = 0.5;

  /** Emission-line galaxies of DESI and 4MOST hardly have a continuum. */
  private static final double LEAST_SNR_EMISSION = 0.25;

  /** Galaxies, quasars, stars of SDSS and BOSS. */
  public static final SurveyPreset PLAIN =
      new SurveyPreset(
          List.of("GALAXY", "QSO", "STAR"),
          ModelGrid.OPTICAL_4368,
          List.of(Spectrograph.SDSS, Spectrograph.BOSS),
          LEAST_SNR);

  /**
   * GaSNet-II's thirteen classes of SDSS's sixteenth data release. A third of the spectra are
   * DESI's and 4MOST's, so that their bundles can share the redshift networks.
   */
  public static final SurveyPreset SDSS13 =
      new SurveyPreset(
          List.of(
              "GALAXY",
              "GALAXY_AGN",
              "GALAXY_STARBURST",
              "GALAXY_STARFORMING",
              "QSO",
              "QSO_BROADLINE",
              "STAR_A0",
              "STAR_F5",
              "STAR_F9",
              "STAR_G2",
              "STAR_K1",
              "STAR_K3",
              "STAR_K5"),
          ModelGrid.OPTICAL_4368,
          List.of(
              Spectrograph.SDSS,
              Spectrograph.SDSS,
              Spectrograph.BOSS,
              Spectrograph.BOSS,
              Spectrograph.DESI,
              Spectrograph.FOURMOST_LRS),
          LEAST_SNR);

  /** DESI's three. */
  public static final SurveyPreset DESI =
      new SurveyPreset(
          List.of("GALAXY", "QSO", "STAR"),
          ModelGrid.OPTICAL_4368,
          List.of(Spectrograph.DESI),
          LEAST_SNR_EMISSION);

  /** Ten classes of what 4MOST's surveys point at. */
  public static final SurveyPreset FOURMOST10 =
      new SurveyPreset(
          List.of(
              "GALAXY_PASSIVE",
              "GALAXY_STARFORMING",
              "GALAXY_AGN",
              "QSO",
              "STAR_A",
              "STAR_F",
              "STAR_G",
              "STAR_K",
              "STAR_M",
              "STAR_WD"),
          ModelGrid.OPTICAL_4368,
          List.of(Spectrograph.FOURMOST_LRS),
          LEAST_SNR_EMISSION);

  /**
   * @throws IllegalArgumentException listing every fault
   */
  public SurveyPreset {
    classes = List.copyOf(classes);
    spectrographs = List.copyOf(spectrographs);
    List<String> faults = new ArrayList<>();
    if (classes.size() < 2 || new HashSet<>(classes).size() < classes.size()) {
      faults.add("classes must be two or more, each once; got " + classes);
    }
    for (String label : classes) {
      if (!label.matches("(GALAXY|QSO|STAR)(_[A-Z0-9_]+)?")) {
        faults.add("class '" + label + "' is no GALAXY, QSO or STAR, with or without a type");
      }
    }
    if (spectrographs.isEmpty()) {
      faults.add("there must be a spectrograph");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("no such survey: " + String.join("; ", faults));
    }
  }

  /** The survey of a name; {@link #PLAIN} for names that stand for none. */
  public static SurveyPreset named(String name) {
    return switch (name) {
      case "sdss13" -> SDSS13;
      case "desi" -> DESI;
      case "4most10" -> FOURMOST10;
      default -> PLAIN;
    };
  }

  /** The spectrographs' names, by commas. */
  String spectrographLabels() {
    return spectrographs.stream().map(Spectrograph::label).collect(Collectors.joining(","));
  }

  /** The same with other classes. */
  public SurveyPreset withClasses(List<String> others) {
    return new SurveyPreset(others, grid, spectrographs, leastSnr);
  }

  /** The same on another grid. */
  public SurveyPreset withGrid(ModelGrid other) {
    return new SurveyPreset(classes, other, spectrographs, leastSnr);
  }
}

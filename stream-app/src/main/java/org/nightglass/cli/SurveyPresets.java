package org.nightglass.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.simulate.NightSurvey;

/** Settings that come with Nightglass for whole surveys. */
final class SurveyPresets {
  private static final List<NightSurvey> SURVEYS =
      List.of(NightSurvey.SDSS, NightSurvey.DESI, NightSurvey.FOURMOST);

  private SurveyPresets() {}

  /**
   * The settings of a preset.
   *
   * @param survey its name, or a file; null = none
   * @throws CommandFailedException if there is none of that name
   */
  static Map<String, String> settings(@Nullable String survey) {
    if (survey == null) {
      return Map.of();
    }
    Path shipped = Home.directory().resolve("surveys").resolve(survey + ".properties");
    Path file = Files.isRegularFile(shipped) ? shipped : Path.of(survey);
    if (!Files.isRegularFile(file)) {
      throw new CommandFailedException(
          "there is no survey '%s': it must be one of %s, or a properties file"
              .formatted(survey, SURVEYS.stream().map(NightSurvey::name).toList()));
    }
    return NightglassConfig.read(file);
  }

  /** Whose night to simulate: the survey's; SDSS's for a file of a site's own, and by default. */
  static NightSurvey night(@Nullable String survey) {
    return SURVEYS.stream()
        .filter(known -> known.name().equals(survey))
        .findFirst()
        .orElse(NightSurvey.SDSS);
  }
}

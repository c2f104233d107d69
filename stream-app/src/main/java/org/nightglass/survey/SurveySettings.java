package org.nightglass.survey;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.simulate.SourceClass;
import org.nightglass.survey.scheduler.Goals;

/** The application's configuration for one way of observing one simulated survey. */
final class SurveySettings {
  /** A telescope in accelerated time waits for the feedback, not for the sky. */
  private static final Map<String, String> QUICK =
      Map.of(
          Settings.TOPICS_PARTITIONS, "2",
          Settings.BATCH_LINGER, "50",
          Settings.COMMIT_INTERVAL, "200",
          Settings.NIGHT_COMMIT_INTERVAL, "100",
          Settings.NIGHT_UPDATE_INTERVAL, "100");

  /**
   * Exposures of a target after which it is given up, if it has no redshift by then. Here, unlike
   * in a survey's own policy, every class deserves as many, and one redshift is enough.
   */
  private static final String MOST_EXPOSURES = "4";

  private SurveySettings() {}

  /**
   * @param parts broker and registry
   * @param preset the survey
   * @param name of this way of observing it: of the application, and in its topics
   * @param state folder for the application's state
   * @param shipped settings of the survey's preset
   * @param given settings of the user's, which win
   */
  static NightglassConfig of(
      EmbeddedParts parts,
      SimulatedSurvey preset,
      String name,
      Path state,
      Map<String, String> shipped,
      Map<String, String> given) {
    Goals goals = preset.goals();
    Map<String, String> settings = new HashMap<>(shipped);
    settings.putAll(QUICK);
    String programme = "programme." + goals.programme() + ".";
    settings.put(programme + "exposures", "coadded");
    for (SourceClass sourceClass : SourceClass.values()) {
      String own = programme + "class." + sourceClass + ".";
      settings.put(own + "observations.failed", MOST_EXPOSURES);
      settings.put(own + "observations.good", "1");
    }
    settings.putAll(given);
    settings.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    settings.put(Settings.REGISTRY_URL, parts.registryUrl());
    settings.put(Settings.OBSERVATORY_ZONE, preset.zone().getId());
    settings.put(Settings.APPLICATION_ID, name);
    settings.put(Settings.STATE_DIR, state.resolve(name).toString());
    Settings.TOPICS.forEach(key -> settings.put(key, name + "." + topic(key)));
    return NightglassConfig.of("simulate-survey", settings);
  }

  private static String topic(String key) {
    return key.substring("topics.".length()).replace('.', '-');
  }
}

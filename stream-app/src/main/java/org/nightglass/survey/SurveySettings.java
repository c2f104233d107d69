package org.nightglass.survey;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.nightglass.app.Beforehand;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.infer.ModelBundle;
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

  private static final String SOURCE = "simulate-survey";

  private SurveySettings() {}

  /**
   * Tells everything that is wrong with a user's settings, as long as no part has been started.
   *
   * @return the bundle that they name
   * @throws ConfigFaultsException with every fault
   */
  static ModelBundle check(
      SimulatedSurvey preset,
      Map<String, String> shipped,
      Map<String, String> given,
      Path shippedBundles) {
    String address = Beforehand.NOT_YET_KNOWN;
    return new Beforehand(
            SOURCE, own(preset, SOURCE, address, "http://" + address, ""), shippedBundles)
        .check(settings(preset, shipped, given), given);
  }

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
    Map<String, String> settings = settings(preset, shipped, given);
    settings.putAll(
        own(
            preset,
            name,
            parts.bootstrapServers(),
            parts.registryUrl(),
            state.resolve(name).toString()));
    return NightglassConfig.of(SOURCE, settings);
  }

  private static Map<String, String> settings(
      SimulatedSurvey preset, Map<String, String> shipped, Map<String, String> given) {
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
    return settings;
  }

  /** Settings that are not the user's to choose. */
  private static Map<String, String> own(
      SimulatedSurvey preset, String name, String bootstrapServers, String registry, String state) {
    Map<String, String> settings = new HashMap<>();
    settings.put(Settings.BOOTSTRAP_SERVERS, bootstrapServers);
    settings.put(Settings.REGISTRY_URL, registry);
    settings.put(Settings.OBSERVATORY_ZONE, preset.zone().getId());
    settings.put(Settings.APPLICATION_ID, name);
    settings.put(Settings.STATE_DIR, state);
    Settings.TOPICS.forEach(key -> settings.put(key, name + "." + topic(key)));
    return settings;
  }

  private static String topic(String key) {
    return key.substring("topics.".length()).replace('.', '-');
  }
}

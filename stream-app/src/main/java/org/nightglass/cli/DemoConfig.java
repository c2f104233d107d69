package org.nightglass.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.nightglass.app.Beforehand;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;

/**
 * The configuration of a demo: what a person gives wins over the survey's preset, and where the
 * parts are is the demo's own.
 *
 * @param preset of the survey
 * @param given by a person
 */
record DemoConfig(Map<String, String> preset, Map<String, String> given) {
  static final String NAME = "demo";

  /**
   * Tells everything that is wrong with it, as long as no part has been started.
   *
   * @throws ConfigFaultsException with every fault
   */
  void check(Path shippedBundles) {
    String address = Beforehand.NOT_YET_KNOWN;
    new Beforehand(NAME, Demo.settings(address, "http://" + address, Path.of("")), shippedBundles)
        .check(settings(), given);
  }

  /** The configuration on parts that are there. */
  NightglassConfig of(String bootstrapServers, String registry, Path state) {
    Map<String, String> settings = settings();
    settings.putAll(Demo.settings(bootstrapServers, registry, state));
    return NightglassConfig.of(NAME, settings);
  }

  private Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver"); // where NightSimulator stands
    settings.putAll(preset);
    settings.putAll(given);
    settings.putIfAbsent(Settings.HTTP_PORT, "0"); // any free one, as for the broker
    return settings;
  }
}

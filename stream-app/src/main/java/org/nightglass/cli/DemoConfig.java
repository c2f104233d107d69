package org.nightglass.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nightglass.app.NightglassApp;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;
import org.nightglass.infer.ModelException;

/**
 * The configuration of a demo: what a person gives wins over the survey's preset, and where the
 * parts are is the demo's own.
 *
 * @param preset of the survey
 * @param given by a person
 */
record DemoConfig(Map<String, String> preset, Map<String, String> given) {
  static final String NAME = "demo";

  /** Stands for addresses of parts that are not started. */
  private static final String NOT_YET_KNOWN = "127.0.0.1:1";

  /** What it takes to look a bundle up, also where other settings are wrong. */
  private static final Set<String> FOR_THE_BUNDLE =
      Set.of(
          Settings.BOOTSTRAP_SERVERS,
          Settings.REGISTRY_URL,
          Settings.MODEL_BUNDLE,
          Settings.MODEL_BUNDLE_DIRS);

  /**
   * Tells everything that is wrong with it, as long as no part has been started.
   *
   * @throws ConfigFaultsException with every fault
   */
  void check(Path shippedBundles) {
    Map<String, String> settings = settings(NOT_YET_KNOWN, "http://" + NOT_YET_KNOWN, Path.of(""));
    List<String> faults = new ArrayList<>();
    Demo.settings("", "", Path.of("")).keySet().stream()
        .filter(given::containsKey)
        .sorted()
        .forEach(key -> faults.add(key + " is the demo's own; ./nightglass run takes it"));
    try {
      faults.addAll(bundleFaults(NightglassConfig.of(NAME, settings), shippedBundles));
    } catch (ConfigFaultsException e) {
      faults.addAll(e.faults());
      settings.keySet().retainAll(FOR_THE_BUNDLE);
      faults.addAll(bundleFaults(NightglassConfig.of(NAME, settings), shippedBundles));
    }
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException(NAME, faults);
    }
  }

  private static List<String> bundleFaults(NightglassConfig config, Path shippedBundles) {
    try {
      return NightglassApp.bundleFaults(
          config, NightglassApp.findBundle(config, shippedBundles).card());
    } catch (ModelException e) {
      return List.of(String.valueOf(e.getMessage()));
    }
  }

  /** The configuration on parts that are there. */
  NightglassConfig of(String bootstrapServers, String registry, Path state) {
    return NightglassConfig.of(NAME, settings(bootstrapServers, registry, state));
  }

  private Map<String, String> settings(String bootstrapServers, String registry, Path state) {
    Map<String, String> settings = new HashMap<>();
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver"); // where NightSimulator stands
    settings.putAll(preset);
    settings.putAll(given);
    settings.putIfAbsent(Settings.HTTP_PORT, "0"); // any free one, as for the broker
    settings.putAll(Demo.settings(bootstrapServers, registry, state));
    return settings;
  }
}

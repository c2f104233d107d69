package org.nightglass.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelException;

/**
 * Tells everything that is wrong with settings as long as no part has been started for them: for
 * commands that bring their own broker and registry.
 *
 * @param source where the settings come from, for messages
 * @param own settings that the command itself makes, by key, of parts that are not there yet
 * @param shippedBundles folder of the bundles that come with Nightglass
 */
public record Beforehand(String source, Map<String, String> own, Path shippedBundles) {
  /** Stands for the address of a part that is not started. */
  public static final String NOT_YET_KNOWN = "127.0.0.1:1";

  /** What it takes to look a bundle up, also where other settings are wrong. */
  private static final Set<String> FOR_THE_BUNDLE =
      Set.of(
          Settings.BOOTSTRAP_SERVERS,
          Settings.REGISTRY_URL,
          Settings.MODEL_BUNDLE,
          Settings.MODEL_BUNDLE_DIRS);

  /**
   * Checks settings.
   *
   * @param settings all of them but the command's own
   * @param given those of them that a person gave
   * @return the bundle that they name
   * @throws ConfigFaultsException with every fault
   */
  public ModelBundle check(Map<String, String> settings, Map<String, String> given) {
    List<String> faults = new ArrayList<>();
    own.keySet().stream()
        .filter(given::containsKey)
        .sorted()
        .forEach(
            key -> faults.add("%s is %s's own; ./nightglass run takes it".formatted(key, source)));
    Map<String, String> all = new HashMap<>(settings);
    all.putAll(own);
    NightglassConfig config;
    try {
      config = NightglassConfig.of(source, all);
    } catch (ConfigFaultsException e) {
      faults.addAll(e.faults());
      all.keySet().retainAll(FOR_THE_BUNDLE);
      config = NightglassConfig.of(source, all);
    }
    try {
      ModelBundle bundle = NightglassApp.findBundle(config, shippedBundles);
      faults.addAll(NightglassApp.bundleFaults(config, bundle.card()));
      if (faults.isEmpty()) {
        return bundle;
      }
    } catch (ModelException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    throw new ConfigFaultsException(source, faults);
  }
}

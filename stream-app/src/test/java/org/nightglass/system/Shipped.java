package org.nightglass.system;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.EmbeddedParts;

/** The built distribution, and settings for running it on embedded parts. */
final class Shipped {
  private Shipped() {}

  static Path bundles() {
    return Path.of(System.getProperty("nightglass.home")).resolve("bundles");
  }

  /**
   * Settings with topics of their own.
   *
   * @param name of the application, and prefix of its topics
   */
  static NightglassConfig config(
      EmbeddedParts parts, String name, Path state, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put(Settings.BOOTSTRAP_SERVERS, parts.bootstrapServers());
    settings.put(Settings.REGISTRY_URL, parts.registryUrl());
    settings.put(Settings.STATE_DIR, state.toString());
    settings.put(Settings.APPLICATION_ID, name);
    settings.put(Settings.TOPIC_SPECTRA, name + ".spectra");
    settings.put(Settings.TOPIC_RESULTS, name + ".results");
    settings.put(Settings.TOPIC_REJECTS, name + ".rejects");
    settings.putAll(more);
    return NightglassConfig.of("test", settings);
  }
}

package org.nightglass.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.Settings;
import picocli.CommandLine.Option;

/**
 * Settings of the application that a demo may change; where its parts are is the demo's own affair.
 */
final class DemoSettings {
  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      description = "Model bundle: name, name/version or folder.")
  @Nullable String bundle;

  @Option(
      names = {"-D", "--set"},
      paramLabel = "KEY=VALUE",
      description = "Any setting of docs/configuration.md; may be given several times.")
  Map<String, String> settings = new HashMap<>();

  Map<String, String> given() {
    Map<String, String> given = new HashMap<>(settings);
    ConfigOptions.put(given, Settings.MODEL_BUNDLE, bundle);
    return given;
  }
}

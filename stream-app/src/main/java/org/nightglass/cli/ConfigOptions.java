package org.nightglass.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import picocli.CommandLine.Option;

/** Options that stand for settings. They override the environment, which overrides the file. */
final class ConfigOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings, as a properties file (docs/configuration.md).")
  @Nullable Path file;

  @Option(names = "--bootstrap-servers", paramLabel = "HOST:PORT", description = "Kafka brokers.")
  @Nullable String bootstrapServers;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "Schema registry: base address of its Confluent API.")
  @Nullable String registry;

  @Option(
      names = {"-D", "--set"},
      paramLabel = "KEY=VALUE",
      description = "Any other setting; may be given several times.")
  Map<String, String> settings = new HashMap<>();

  /** The settings as given, all sources together; not yet checked. */
  Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    if (file != null) {
      given.putAll(NightglassConfig.read(file));
    }
    given.putAll(NightglassConfig.fromEnvironment(System.getenv()));
    given.putAll(settings);
    put(given, Settings.BOOTSTRAP_SERVERS, bootstrapServers);
    put(given, Settings.REGISTRY_URL, registry);
    return given;
  }

  /** The settings, checked, with a command's own on top; null values leave what was given. */
  NightglassConfig config(Map<String, String> given) {
    return NightglassConfig.of(file == null ? "settings" : file.toString(), given);
  }

  static void put(Map<String, String> given, String key, @Nullable String value) {
    if (value != null) {
      given.put(key, value);
    }
  }
}

package org.nightglass.bench;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Demo;

/** The embedded broker and registry, in processes of their own: {@code nightglass broker}. */
final class Services implements AutoCloseable {
  private final Child child;
  private final String broker;
  private final String registry;
  private final Path directory;

  private Services(Child child, String broker, String registry, Path directory) {
    this.child = child;
    this.broker = broker;
    this.registry = registry;
    this.directory = directory;
  }

  /**
   * Starts both.
   *
   * @param directory for their data and everyone's local state
   */
  static Services start(Path directory) throws InterruptedException {
    Child child =
        Child.start(
            directory.resolve("broker.log"),
            "broker",
            "--data",
            directory.resolve("data").toString());
    try {
      return new Services(
          child,
          child.await(line -> after("broker ", line)),
          child.await(line -> after("registry ", line)),
          directory);
    } catch (RuntimeException | InterruptedException e) {
      child.close();
      throw e;
    }
  }

  private static @Nullable String after(String word, String line) {
    return line.startsWith(word) ? line.substring(word.length()).trim() : null;
  }

  List<ProcessHandle> processes() {
    return child.processes();
  }

  /**
   * Settings of one application: its own name and outputs, everything else as shipped.
   *
   * @param name of the application and the prefix of its output topics
   * @param spectra topic that it reads
   * @param guarantee {@code exactly_once_v2} or {@code at_least_once}
   */
  Map<String, String> settings(String name, String spectra, String guarantee) {
    Map<String, String> settings =
        new HashMap<>(Demo.settings(broker, registry, directory.resolve("state-" + name)));
    settings.put(Settings.APPLICATION_ID, name);
    settings.put(Settings.PROCESSING_GUARANTEE, guarantee);
    settings.put(Settings.TOPIC_SPECTRA, spectra);
    settings.put(Settings.TOPIC_RESULTS, name + ".results");
    settings.put(Settings.TOPIC_REJECTS, name + ".rejects");
    // The account of the night is kept as in a real night; each application has one of its own.
    settings.put(Settings.OBSERVATORY_ZONE, "America/Denver");
    settings.put(Settings.TOPIC_TARGET_STATE, name + ".target-state");
    settings.put(Settings.TOPIC_FIELD_PROGRESS, name + ".field-progress");
    settings.put(Settings.TOPIC_NIGHT_YIELD, name + ".night-yield");
    settings.put(Settings.TOPIC_SURVEY_YIELD, name + ".survey-yield");
    settings.put(Settings.TOPIC_NIGHTS, name + ".nights");
    return settings;
  }

  NightglassConfig config(String name, String spectra, String guarantee) {
    return NightglassConfig.of("bench", settings(name, spectra, guarantee));
  }

  @Override
  public void close() {
    child.close();
  }
}

package org.nightglass.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nightglass.app.Beforehand;
import org.nightglass.app.Cluster;
import org.nightglass.app.NightglassApp;
import org.nightglass.app.Schemas;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.infer.ModelException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "check-config",
    description = {
      "Checks a configuration as a whole, and tells every fault at once: keys, values, how they fit together, the model"
          + " bundle, the settings of the cluster's topics, and the registry.",
      "Changes nothing."
    })
final class CheckConfigCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "The configuration, a properties file.")
  Path file = Path.of("");

  @Option(names = "--offline", description = "Do not ask the cluster and the registry.")
  boolean offline;

  @Option(
      names = "--preset",
      description =
          "The file is a preset, for others to complete: it need not say where cluster and registry are, and neither is"
              + " asked.")
  boolean preset;

  @Override
  public Integer call() {
    Map<String, String> given = new HashMap<>(NightglassConfig.read(file));
    given.putAll(NightglassConfig.fromEnvironment(System.getenv()));
    if (preset) {
      given.putIfAbsent(Settings.BOOTSTRAP_SERVERS, Beforehand.NOT_YET_KNOWN);
      given.putIfAbsent(Settings.REGISTRY_URL, "http://" + Beforehand.NOT_YET_KNOWN);
    }
    boolean alone = offline || preset;
    NightglassConfig config = NightglassConfig.of(file.toString(), given);
    List<String> faults = new ArrayList<>();
    try {
      faults.addAll(
          NightglassApp.bundleFaults(
              config, NightglassApp.findBundle(config, Home.bundles()).card()));
    } catch (ModelException e) {
      faults.add(String.valueOf(e.getMessage()));
    }
    if (!alone) {
      faults.addAll(Cluster.checkTopics(config));
      faults.addAll(Schemas.check(config));
    }
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException(file.toString(), faults);
    }
    spec.commandLine()
        .getOut()
        .println(file + ": no fault found" + (alone ? " (the cluster was not asked)" : ""));
    return Nightglass.OK;
  }
}

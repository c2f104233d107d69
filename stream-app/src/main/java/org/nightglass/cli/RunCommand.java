package org.nightglass.cli;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.NightglassApp;
import org.nightglass.app.Served;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.serve.NightglassServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "run",
    description = {
      "Runs the application against a Kafka cluster, until it is stopped.",
      "Several instances with the same application id share the work. Ctrl-C stops it cleanly: what it holds is handed"
          + " on and committed first."
    })
final class RunCommand implements Callable<Integer> {
  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);

  @Mixin ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--application-id",
      paramLabel = "NAME",
      description = "Name shared by the instances that share the work.")
  @Nullable String applicationId;

  @Option(
      names = "--state-dir",
      paramLabel = "DIR",
      description = "Local state; one folder an instance.")
  @Nullable String stateDir;

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      description = "Model bundle: name, name/version or folder.")
  @Nullable String bundle;

  @Override
  public Integer call() {
    Map<String, String> given = options.given();
    ConfigOptions.put(given, Settings.APPLICATION_ID, applicationId);
    ConfigOptions.put(given, Settings.STATE_DIR, stateDir);
    ConfigOptions.put(given, Settings.MODEL_BUNDLE, bundle);
    NightglassConfig config = options.config(given);
    NightglassApp app = NightglassApp.start(config, Home.bundles());
    Optional<NightglassServer> server = serve(config, app);
    Thread closing =
        new Thread(
            () -> {
              server.ifPresent(NightglassServer::close);
              app.close();
            },
            "closing");
    Runtime.getRuntime().addShutdownHook(closing);
    app.ready()
        .thenRun(
            () ->
                log.info("Ready: {} -> {}", config.topics().spectra(), config.topics().results()));
    try {
      app.stopped().join();
      return Nightglass.OK;
    } catch (CompletionException e) {
      throw new CommandFailedException(
          "stopped, nothing is lost, spectra wait in Kafka: "
              + NightglassApp.rootCause(e).getMessage());
    }
  }

  private static Optional<NightglassServer> serve(NightglassConfig config, NightglassApp app) {
    try {
      return Served.start(config, app);
    } catch (RuntimeException e) {
      app.close();
      throw e;
    }
  }
}

package org.nightglass.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.Cluster;
import org.nightglass.app.Schemas;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.Demo;
import org.nightglass.demo.EmbeddedParts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "broker",
    description = {
      "Runs a real Kafka broker and a real schema registry on loopback, for trying things and for other clients.",
      "Prints both addresses, creates Nightglass's topics and registers its schemas, and runs until it is stopped (Ctrl-C)."
    })
final class BrokerCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The broker's port; 0, the default, takes a free one.")
  int port;

  @Option(
      names = "--registry-port",
      paramLabel = "R",
      description = "The registry's port; 0, the default, takes a free one.")
  int registryPort;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep topics and schemas here; without it, nothing outlives the command.")
  @Nullable Path data;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try (CleanExit unused = CleanExit.within(Duration.ofSeconds(20));
        EmbeddedParts parts = EmbeddedParts.start(port, registryPort, data)) {
      prepare(parts);
      out.println("broker    " + parts.bootstrapServers());
      out.println("registry  " + parts.registryUrl());
      out.println("Ctrl-C stops both.");
      out.flush();
      throw new CommandFailedException(parts.awaitFailure());
    } catch (InterruptedException stopped) {
      return Nightglass.OK;
    }
  }

  private static void prepare(EmbeddedParts parts) {
    NightglassConfig config =
        NightglassConfig.of(
            "embedded",
            Demo.settings(parts.bootstrapServers(), parts.registryUrl(), Path.of("unused")));
    List<String> faults = new ArrayList<>(Cluster.prepareTopics(config));
    faults.addAll(Schemas.register(config));
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException("embedded broker", faults);
    }
  }
}

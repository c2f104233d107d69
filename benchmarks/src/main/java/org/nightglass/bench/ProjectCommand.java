package org.nightglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.bench.Projection.Costs;
import org.nightglass.bench.Projection.Site;
import org.nightglass.bench.Projection.Workload;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench project}: what larger workloads would take. */
@Command(
    name = "project",
    mixinStandardHelpOptions = true,
    description = {
      "What a survey's workloads would take in cores, GPUs, brokers, network and disk, from what `bench scale --json FILE`"
          + " has measured, and how far the projection is off where something was measured. Cores are those of the machine"
          + " that FILE is of. GPUs have not been measured: they follow from the model's arithmetic and what you say of them."
    })
final class ProjectCommand implements Callable<Integer> {
  private static final double MINUTE = 60;
  private static final double NIGHT = 10 * 60 * MINUTE;
  private static final List<Workload> USUAL =
      List.of(
          new Workload("5,000 fibres every 10 minutes", 5_000, 10 * MINUTE),
          new Workload("the same, results within a minute", 5_000, MINUTE),
          new Workload("100 million spectra in a night of 10 h", 100e6, NIGHT));

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE", description = "What bench scale --json has written.")
  Path file = Path.of("scale.json");

  @Option(
      names = "--workload",
      paramLabel = "SPECTRA,SECONDS",
      split = ",",
      arity = "2",
      description = "Another workload instead of the usual ones.")
  @Nullable List<Double> workload;

  @Option(
      names = "--copies",
      paramLabel = "N",
      defaultValue = "3",
      description = "Of each partition (default: ${DEFAULT-VALUE}).")
  int copies = 3;

  @Option(
      names = "--broker-mb",
      paramLabel = "MB",
      defaultValue = "200",
      description = "What a broker takes in and writes, MB/s (default: ${DEFAULT-VALUE}).")
  double brokerMegabytes = 200;

  @Option(
      names = "--gpu-tflops",
      paramLabel = "T",
      defaultValue = "20",
      description = "A GPU's float32 arithmetic, TFLOP/s (default: ${DEFAULT-VALUE}).")
  double gpuTeraflops = 20;

  @Option(
      names = "--gpu-share",
      paramLabel = "SHARE",
      defaultValue = "0.25",
      description =
          "Share of it that small convolutions reach; a guess (default: ${DEFAULT-VALUE}).")
  double gpuShare = 0.25;

  @Option(
      names = "--spare",
      paramLabel = "SHARE",
      defaultValue = "0.3",
      description = "Share of everything that is kept free (default: ${DEFAULT-VALUE}).")
  double spare = 0.3;

  @Override
  public Integer call() throws IOException {
    requirePositive();
    ScaleFigures figures = ScaleFigures.read(file);
    Costs costs = figures.costs();
    Site site = new Site(copies, brokerMegabytes * 1e6, gpuTeraflops * 1e12, gpuShare, spare);
    say("A spectrum: %s".formatted(text(costs)));
    say("");
    say(
        "%-40s %9s %7s %7s %6s %6s %7s %8s %8s %8s"
            .formatted(
                "",
                "spectra/s",
                "cores",
                "broker",
                "GPUs",
                "host",
                "parts.",
                "brokers",
                "MB/s",
                "disk TB"));
    List<Workload> works =
        workload == null
            ? USUAL
            : List.of(new Workload("as given", workload.get(0), workload.get(1)));
    works.forEach(work -> say(text(work.name(), Projection.of(work, costs, site))));
    say("");
    say(
        "cores: without GPUs; broker: cores of all brokers; GPUs, host: GPUs (not measured) and the"
            + " cores that feed them; parts.: partitions, at least");
    say("");
    say("%-60s %10s %10s %6s".formatted("Held against", "measured", "projected", ""));
    for (ScaleFigures.Check check : figures.checks()) {
      say(
          "%-60s %10.2f %10.2f %6.2f"
              .formatted(
                  check.name(),
                  check.measured(),
                  check.projected(),
                  check.projected() / check.measured()));
    }
    return 0;
  }

  private void requirePositive() {
    boolean works = workload == null || workload.stream().allMatch(value -> value > 0);
    boolean site = copies > 0 && brokerMegabytes > 0 && gpuTeraflops > 0 && gpuShare > 0;
    if (!works || !site || !(spare >= 0 && spare < 1)) {
      throw new ParameterException(
          spec.commandLine(),
          "--workload, --copies, --broker-mb, --gpu-tflops and --gpu-share must be above 0, --spare"
              + " from 0 to below 1");
    }
  }

  private static String text(Costs c) {
    return "%.2f CPU ms (%.2f of them not the model), broker %.2f CPU ms, cores busy %.0f %%, %.1f kB in, %.1f kB out, %.0f MFLOP"
        .formatted(
            c.cpu() * 1e3,
            c.hostCpu() * 1e3,
            c.brokerCpu() * 1e3,
            c.busy() * 100,
            c.inputBytes() / 1e3,
            c.outputBytes() / 1e3,
            c.flop() / 1e6);
  }

  private static String text(String name, Projection p) {
    return "%-40s %9.1f %7.1f %7.1f %6.2f %6.1f %7d %8d %8.1f %8.3f"
        .formatted(
            name,
            p.rate(),
            p.applicationCores(),
            p.brokerCores(),
            p.gpus(),
            p.hostCores(),
            p.partitions(),
            p.brokers(),
            p.networkBytes() / 1e6,
            p.diskBytes() / 1e12);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

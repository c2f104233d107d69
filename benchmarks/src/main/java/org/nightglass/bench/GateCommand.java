package org.nightglass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench gate}: whether the road around the model costs too much. */
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    description = {
      "For builds: measures GaSNet-II's networks, as published and untrained, alone and end to end, exactly once, in some"
          + " minutes. Ends with exit code 1 where the rate end to end is too small a share of the other: a ratio within"
          + " one run, so a slow machine does not matter; a busy one does."
    })
final class GateCommand implements Callable<Integer> {
  private static final Plan PLAN = Plan.GATE;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--least",
      paramLabel = "RATIO",
      defaultValue = "0.80",
      description = "The least that passes (default: ${DEFAULT-VALUE}).")
  double least = 0.80;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, whose median counts (default: ${DEFAULT-VALUE}).")
  int rounds = 3;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(least > 0 && least <= 1)) {
      throw new ParameterException(
          spec.commandLine(), "--least must be above 0 and at most 1, got " + least);
    }
    Report report = new Report(spec);
    Path directory = Files.createTempDirectory("nightglass-gate");
    try (Services services = Services.start(directory)) {
      measure(report, services, directory);
    } finally {
      BenchCommand.delete(directory);
    }
    report.finish(null);
    double reached = report.ratio(Contender.PAPER_OVER_RAW).median();
    if (reached >= least) {
      return 0;
    }
    spec.commandLine()
        .getErr()
        .printf("%s is %.3f, less than %.3f%n", Contender.PAPER_OVER_RAW, reached, least);
    return 1;
  }

  private void measure(Report report, Services services, Path directory)
      throws IOException, InterruptedException {
    CpuClock clock = new CpuClock(services.processes());
    Road road = new Road(services, clock);
    Round.Input input = Round.Input.of(EventKind.SDSS, "input", PLAN.sdssEvents(), services);
    SampleNight night = SampleNight.simulate(EventKind.SDSS, Plan.SAMPLE);
    try (Crew crew = new Crew(BenchCommand.THREADS, clock);
        Contender paper = Contender.paper(directory.resolve("gasnet2"), night, PLAN.paperPasses());
        SpectraTopic unused = input.topic();
        SpectraTopic few =
            Round.Input.of(EventKind.SDSS, "input-few", PLAN.paperEvents(), services).topic()) {
      road.warmUp(
          input,
          PLAN.sdssEvents(),
          PLAN.warmUps(),
          PLAN.warmUpWithin(),
          new NoOpModel(paper.model().card()));
      String row = paper.roadRow(EventKind.SDSS, Round.EXACTLY_ONCE);
      for (int round = 1; round <= rounds; round++) {
        paper.against(crew, road, few.name(), PLAN.paperEvents(), report.figures());
        report.say("Round %d of %d".formatted(round, rounds));
      }
      report.ratio(Contender.PAPER_OVER_RAW, report.figures().ratio(row, paper.rawRow()));
    }
  }
}

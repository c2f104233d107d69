package org.nightglass.bench;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./nightglass bench micro}. */
@Command(
    name = "micro",
    mixinStandardHelpOptions = true,
    description = "The small parts by JMH, each in a process of its own, one thread.")
final class MicroCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..1",
      paramLabel = "REGEX",
      defaultValue = "org.nightglass.bench.micro",
      description = "Which benchmarks (default: all).")
  String which = "org.nightglass.bench.micro";

  @Option(names = "--json", paramLabel = "FILE", description = "Write JMH's own JSON here, too.")
  @Nullable String json;

  @Override
  public Integer call() throws RunnerException {
    ChainedOptionsBuilder options = new OptionsBuilder().include(which);
    if (json != null) {
      options =
          options.resultFormat(org.openjdk.jmh.results.format.ResultFormatType.JSON).result(json);
    }
    return new Runner(options.build()).run().isEmpty() ? 1 : 0;
  }
}

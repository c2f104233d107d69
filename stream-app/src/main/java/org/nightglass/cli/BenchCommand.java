package org.nightglass.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * Stands in the list of commands for the benchmark, which is a module of its own: in a checkout the
 * launcher builds and starts that instead, so whoever comes here has none.
 */
@Command(
    name = "bench",
    description = "Measures what the application reaches against its model alone (in a checkout).")
final class BenchCommand implements Callable<Integer> {
  @Unmatched List<String> ignored = new ArrayList<>();

  @Override
  public Integer call() {
    throw new CommandFailedException(
        "the benchmark is no part of the distribution: run ./nightglass bench in a checkout of the"
            + " sources, whose launcher builds it");
  }
}

package org.nightglass.bench;

import java.util.List;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import picocli.CommandLine.Option;

/** What the benchmarks of the whole road have in common. */
final class RunOptions {
  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = BenchCommand.BUNDLE,
      description = "Model bundle (default: ${DEFAULT-VALUE}).")
  private String bundle = BenchCommand.BUNDLE;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2",
      description = "How often (default: ${DEFAULT-VALUE}).")
  private int rounds = 2;

  /** Finds the bundle among those that come with the application. */
  ModelBundle open() {
    return ModelBundles.find(bundle, List.of(Stages.bundles()));
  }

  int rounds() {
    return rounds;
  }
}

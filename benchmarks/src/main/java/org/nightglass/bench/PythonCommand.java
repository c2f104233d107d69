package org.nightglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nightglass.config.NightglassConfig;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench python}: against what one would build in Python. */
@Command(
    name = "python",
    mixinStandardHelpOptions = true,
    description = {
      "`nightglass run` against benchmarks/python-baseline: the same broker, the same spectra (SDSS-like), the same SavedModels and"
          + " batches, exactly once, each in a process of its own, one after the other in every round. The Python"
          + " needs the packages of benchmarks/python-baseline/requirements.txt. The application keeps the account of the night"
          + " meanwhile; the baseline does not."
    })
final class PythonCommand implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final String OURS = "nightglass run";
  private static final String THEIRS = "python baseline";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      defaultValue = "python3",
      description = "The Python to use (default: ${DEFAULT-VALUE}).")
  String python = "python3";

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = BenchCommand.BUNDLE,
      description = "Model bundle (default: ${DEFAULT-VALUE}).")
  String bundle = BenchCommand.BUNDLE;

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "8000",
      description = "Spectra in each run (default: ${DEFAULT-VALUE}).")
  int events = 8000;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "2",
      description = "How often (default: ${DEFAULT-VALUE}).")
  int rounds = 2;

  /** Starts a contender under a name of its own. */
  private interface Starter {
    Child start(String name, NightglassConfig config) throws IOException;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("nightglass-python");
    ModelBundle opened = ModelBundles.find(bundle, List.of(Stages.bundles()));
    Figures figures = new Figures();
    try (Services services = Services.start(directory)) {
      Round.Input input = Round.Input.of(EventKind.SDSS, "input-sdss", events, services);
      for (int round = 1; round <= rounds; round++) {
        measure(
            OURS,
            round,
            services,
            input,
            figures,
            (name, config) ->
                Child.start(
                    directory.resolve(name + ".log"),
                    "run",
                    "--config",
                    Product.write(directory, name, ours(name, input, services)).toString()));
        measure(
            THEIRS,
            round,
            services,
            input,
            figures,
            (name, config) ->
                Child.startOther(
                    directory.resolve(name + ".log"), command(name, config, opened.directory())));
      }
      input.topic().close();
    } finally {
      BenchCommand.delete(directory);
    }
    figures.table().forEach(this::say);
    figures.latencies().forEach(this::say);
    Figures.Spread ratio = figures.ratio(OURS, THEIRS);
    say(
        "nightglass_over_python %.2f (%.2f – %.2f)"
            .formatted(ratio.median(), ratio.least(), ratio.greatest()));
    return 0;
  }

  private Map<String, String> ours(String name, Round.Input input, Services services) {
    Map<String, String> settings =
        services.settings(name, input.topic().name(), Round.EXACTLY_ONCE);
    settings.put("model.bundle", bundle);
    return settings;
  }

  private List<String> command(String name, NightglassConfig config, Path model) {
    Path checkout = Path.of(System.getProperty("nightglass.home"), "..", "..", "..");
    return List.of(
        python,
        checkout.resolve("benchmarks/python-baseline/baseline.py").normalize().toString(),
        "--bootstrap-servers",
        config.string("bootstrap.servers"),
        "--registry",
        config.string("schema.registry.url"),
        "--spectra",
        config.topics().spectra(),
        "--results",
        config.topics().results(),
        "--group",
        name,
        "--bundle",
        model.toString());
  }

  private void measure(
      String row, int round, Services services, Round.Input input, Figures figures, Starter starter)
      throws IOException, InterruptedException {
    String name = row.replace(' ', '-') + "-" + round;
    NightglassConfig config = services.config(name, input.topic().name(), Round.EXACTLY_ONCE);
    SpectraTopic.prepare(config);
    List<CpuClock.Reading> readings = new ArrayList<>();
    AtomicBoolean over = new AtomicBoolean();
    try (Child child = starter.start(name, config)) {
      Thread sampler = Road.sampler(new CpuClock(child.processes()), readings, over);
      try {
        Outputs.awaitCommitted(config, name, events, PATIENCE, child::requireAlive);
      } finally {
        over.set(true);
        sampler.join();
      }
      child.peakMegabytes().ifPresent(mb -> figures.put("peak_resident_mb, " + name, mb));
    }
    Measurement m = Road.stretch(readings, Outputs.times(config, events));
    // The child's work is what counts; this process only looks on.
    figures.add(
        row,
        new Measurement(m.spectra(), m.seconds(), m.servicesCpuSeconds(), 0, m.foreignCores()));
    Outputs.delete(config);
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

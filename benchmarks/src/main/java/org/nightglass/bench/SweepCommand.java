package org.nightglass.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.nightglass.config.Settings;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench sweep}: the whole road under other settings than the defaults. */
@Command(
    name = "sweep",
    mixinStandardHelpOptions = true,
    description = {
      "The whole road, exactly once, SDSS-like events, for every combination of batch sizes, stream threads and"
          + " TensorFlow's threads within an operation; interleaved: every combination once, then all again."
    })
final class SweepCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin RunOptions common = new RunOptions();

  @Option(
      names = "--batch-sizes",
      split = ",",
      paramLabel = "N",
      defaultValue = "64,128,256",
      description = "batch.max.size (default: ${DEFAULT-VALUE}).")
  List<Integer> batchSizes = new ArrayList<>();

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "num.stream.threads and model.concurrency (default: ${DEFAULT-VALUE}).")
  List<Integer> threads = new ArrayList<>();

  @Option(
      names = "--intra-op",
      split = ",",
      paramLabel = "N",
      defaultValue = "1,2",
      description = "model.intra.op.threads (default: ${DEFAULT-VALUE}).")
  List<Integer> intraOp = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "8000",
      description = "Spectra in each run (default: ${DEFAULT-VALUE}).")
  int events = 8000;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A further setting of the application; also instead of one of these.")
  Map<String, String> more = Map.of();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("nightglass-sweep");
    ModelBundle opened = withLargeBatches(common.open());
    Figures figures = new Figures();
    try (Services services = Services.start(directory)) {
      Road road = new Road(services, new CpuClock(services.processes()));
      Round.Input input = Round.Input.of(EventKind.SDSS, "input-sdss", events, services);
      road.warmUp(
          input,
          events,
          Plan.FULL.warmUps(),
          Plan.FULL.warmUpWithin(),
          new NoOpModel(opened.card()));
      for (int round = 0; round <= common.rounds(); round++) {
        for (int intra : intraOp) {
          EngineOptions options =
              new EngineOptions(
                  intra,
                  EngineOptions.DEFAULT.interOpThreads(),
                  EngineOptions.DEFAULT.device(),
                  EngineOptions.DEFAULT.precision());
          try (Contender contender = Contender.open("", opened, options, input.night(), 1)) {
            // The first round warms up.
            Figures kept = round == 0 ? new Figures() : figures;
            run(contender, intra, input, road, kept);
          }
        }
      }
      input.topic().close();
    } finally {
      BenchCommand.delete(directory);
    }
    figures.table().forEach(this::say);
    figures.latencies().forEach(this::say);
    return 0;
  }

  /** The bundle, run with greater batches than its card has, too, as with model.batch.sizes. */
  private ModelBundle withLargeBatches(ModelBundle bundle) {
    List<Integer> known = bundle.card().batchSizes();
    List<Integer> sizes = new ArrayList<>(known);
    batchSizes.stream()
        .filter(size -> size > known.get(known.size() - 1))
        .sorted()
        .distinct()
        .forEach(sizes::add);
    return bundle.withBatchSizes(sizes);
  }

  private void run(Contender contender, int intra, Round.Input input, Road road, Figures figures)
      throws InterruptedException {
    for (int size : batchSizes) {
      for (int count : threads) {
        Map<String, String> settings = new HashMap<>();
        settings.put(Settings.BATCH_MAX_SIZE, Integer.toString(size));
        settings.put(Settings.STREAM_THREADS, Integer.toString(count));
        settings.put(Settings.MODEL_CONCURRENCY, Integer.toString(count));
        settings.putAll(more);
        String row =
            "batch %s, threads %s, batches in the model %s, intra-op %d"
                .formatted(
                    settings.get(Settings.BATCH_MAX_SIZE),
                    settings.get(Settings.STREAM_THREADS),
                    settings.get(Settings.MODEL_CONCURRENCY),
                    intra);
        road.run(input.topic().name(), events, Round.EXACTLY_ONCE, contender.model(), settings)
            .addTo(figures, row);
      }
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

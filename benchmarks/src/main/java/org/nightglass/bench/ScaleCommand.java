package org.nightglass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SpectrumModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench scale}: whether cost stays flat, and what a second instance costs. */
@Command(
    name = "scale",
    mixinStandardHelpOptions = true,
    description = {
      "The whole road, exactly once, SDSS-like events:",
      "  no_op.N           N spectra in this process, warm, with a model that does nothing and no account of the night",
      "  account.N         the account of the night alone over their results",
      "  model.N           N spectra with the bundle and the account",
      "  raw_session       the bundle's sessions alone",
      "  instances.1       `nightglass run` as configured by default, in a process of its own",
      "  instances.2       two that share the partitions, each with half of the threads",
      "and the bytes that a spectrum leaves in the broker's topics. `bench project` reads the JSON."
    })
final class ScaleCommand implements Callable<Integer> {
  static final String NO_OP = "no_op.";
  static final String ACCOUNT = "account.";
  static final String MODEL = "model.";
  static final String RAW = "raw_session";
  static final String INSTANCES = "instances.";
  static final String INPUT_BYTES = "bytes_per_spectrum.input";
  static final String OUTPUT_BYTES = "bytes_per_spectrum.output.";
  static final String MFLOP = "mflop_per_spectrum";

  /** Small sizes are measured more often, until so many spectra have been through. */
  private static final int LEAST = 5_000;

  /** With few of them the ceiling comes out low: at the end one thread waits for the other. */
  private static final int RAW_PASSES = 8;

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin RunOptions common = new RunOptions();

  @Option(
      names = "--spectra",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,10000,100000",
      description = "Sizes for the model that does nothing (default: ${DEFAULT-VALUE}).")
  List<Integer> sizes = new ArrayList<>();

  @Option(
      names = "--model-spectra",
      split = ",",
      paramLabel = "N",
      defaultValue = "1000,10000",
      description = "Sizes for the bundle, among --spectra (default: ${DEFAULT-VALUE}).")
  List<Integer> modelSizes = new ArrayList<>();

  @Option(
      names = "--instance-spectra",
      paramLabel = "N",
      defaultValue = "60000",
      description = {
        "Spectra for one instance, and for two; 0: none (default: ${DEFAULT-VALUE}). Each instance"
            + " compiles its code for half a minute: with few, that is what is measured."
      })
  int instanceSpectra = 60_000;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures here, too.")
  @Nullable Path json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Report report = new Report(spec);
    Path directory = Files.createTempDirectory("nightglass-scale");
    ModelBundle opened = common.open();
    report.put("bundle", opened.card().name() + "/" + opened.card().version());
    try (Services services = Services.start(directory)) {
      sizes(report, services, opened);
      for (int round = 1; round <= common.rounds() && instanceSpectra > 0; round++) {
        instances(report, services, directory, opened, round, 1);
        instances(report, services, directory, opened, round, 2);
        report.say("Instances, round %d of %d".formatted(round, common.rounds()));
      }
    } finally {
      BenchCommand.delete(directory);
    }
    ratios(report);
    report.finish(json);
    return 0;
  }

  private void sizes(Report report, Services services, ModelBundle opened)
      throws InterruptedException {
    CpuClock clock = new CpuClock(services.processes());
    Road road = new Road(services, clock);
    NoOpModel noOp = new NoOpModel(opened.card());
    List<Round.Input> inputs = new ArrayList<>();
    for (int size : sizes) {
      inputs.add(Round.Input.of(EventKind.SDSS, "input-" + size, size, services));
      report.say("%d spectra are in their topic".formatted(size));
    }
    SampleNight night = inputs.get(0).night();
    try (Crew crew = new Crew(2, clock);
        Contender contender =
            Contender.open("", opened, EngineOptions.DEFAULT, night, RAW_PASSES)) {
      report.figures().put(MFLOP, contender.raw().flopPerSpectrum() / 1e6);
      for (int round = 0; round <= common.rounds(); round++) {
        for (int i = 0; i < inputs.size(); i++) {
          // The first round warms up, on what is soon done.
          if (round > 0 || sizes.get(i) <= 2 * LEAST) {
            Figures kept = round == 0 ? new Figures() : report.figures();
            apart(road, inputs.get(i), sizes.get(i), noOp, kept);
            if (modelSizes.contains(sizes.get(i)) && (round > 0 || i == 0)) {
              run(road, inputs.get(i), sizes.get(i), contender.model(), kept);
            }
          }
        }
        if (round > 0) {
          report.figures().add(RAW, contender.raw().measure(crew, RAW_PASSES));
          report.say("Round %d of %d".formatted(round, common.rounds()));
        }
      }
    }
    inputs.forEach(input -> input.topic().close());
  }

  private static void run(
      Road road, Round.Input input, int size, SpectrumModel model, Figures figures)
      throws InterruptedException {
    for (int done = 0; done < LEAST; done += size) {
      road.run(input.topic().name(), size, Round.EXACTLY_ONCE, model, Map.of())
          .addTo(figures, MODEL + size);
    }
  }

  private static void apart(
      Road road, Round.Input input, int size, NoOpModel model, Figures figures)
      throws InterruptedException {
    for (int done = 0; done < LEAST; done += size) {
      Road.Apart apart = road.apart(input, size, model);
      apart.spectra().addTo(figures, NO_OP + size);
      figures.add(ACCOUNT + size, apart.account());
    }
  }

  /** Starts the instances, then fills their topic: none has a start on the other. */
  private void instances(
      Report report, Services services, Path directory, ModelBundle opened, int round, int number)
      throws InterruptedException {
    String name = "%s%d.%d".formatted(INSTANCES, number, round);
    String spectra = name + ".spectra";
    Map<String, String> settings = services.settings(name, spectra, Round.EXACTLY_ONCE);
    settings.put(Settings.MODEL_BUNDLE, opened.directory().toString());
    NightglassConfig config = NightglassConfig.of("bench", settings);
    SampleNight night = SampleNight.simulate(EventKind.SDSS, Plan.SAMPLE);
    List<Child> children = new ArrayList<>();
    try (SpectraTopic topic = SpectraTopic.create(config, night)) {
      new Workers(services)
          .run(
              config,
              name,
              instanceSpectra,
              number,
              i -> {
                Child child = instance(directory, name + "." + i, settings, number);
                children.add(child);
                return child;
              },
              () -> {
                for (Child child : children) {
                  child.await(line -> line.contains("Ready: ") ? line : null);
                }
                topic.fill(0, instanceSpectra);
              })
          .addTo(report.figures(), INSTANCES + number);
    }
    double all = Outputs.bytes(config, name);
    double input = Outputs.bytes(config, spectra);
    report.figures().put(INPUT_BYTES, input / instanceSpectra);
    report.figures().put(OUTPUT_BYTES + INSTANCES + number, (all - input) / instanceSpectra);
    Outputs.delete(config, name);
  }

  private static Child instance(
      Path directory, String name, Map<String, String> settings, int number) {
    Map<String, String> own = new java.util.HashMap<>(settings);
    own.put(Settings.STATE_DIR, directory.resolve("state-" + name).toString());
    if (number > 1) {
      own.put(Settings.STREAM_THREADS, "1");
      own.put(Settings.MODEL_CONCURRENCY, "1");
    }
    Path file = Product.write(directory, name, own);
    return Child.start(directory.resolve(name + ".log"), "run", "--config", file.toString());
  }

  private void ratios(Report report) {
    for (String model : List.of(NO_OP, ACCOUNT, MODEL)) {
      List<Integer> measured = model.equals(MODEL) ? modelSizes : sizes;
      for (int size : measured.subList(1, measured.size())) {
        String row = model + size;
        String first = model + measured.get(0);
        String name = "%s_over_%d".formatted(row, measured.get(0));
        report.ratio(name + ".cpu", medians(report, row, first, Measurement::cpuPerThousand));
        report.ratio(name + ".rate", medians(report, row, first, Measurement::rate));
      }
    }
    if (instanceSpectra > 0) {
      Figures.Spread ratio = report.figures().ratio(INSTANCES + 2, INSTANCES + 1);
      report.ratio("two_instances_over_one.rate", ratio);
    }
  }

  /** Sizes are not measured equally often, so not round by round. */
  private static Figures.Spread medians(
      Report report, String row, String over, ToDoubleFunction<Measurement> figure) {
    Figures figures = report.figures();
    return Figures.Spread.of(
        figures.spread(row, figure).median() / figures.spread(over, figure).median());
  }
}

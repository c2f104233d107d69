package org.nightglass.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench}. */
@Command(
    name = "nightglass bench",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the application reaches against what its model could reach alone, in rounds, everything in every round:",
      "  raw_session    TensorFlow alone, full batches that lie ready, no padding: the ceiling",
      "  end_to_end     spectra in Kafka to results in Kafka, with the shipped bundle",
      "  no_op_model    the same with a model that does nothing",
      "  engine, normalise, prepare, decode    the stages alone",
      "All of these run in this process, one at a time, with two threads; broker and registry are processes of their own"
          + " on the same cores. end_to_end reads spectra that were all in Kafka before; the first quarter of the results"
          + " and the last tenth are left out. Latency and memory are those of `nightglass run` in a process of its own.",
      "Nothing else should run meanwhile: the column `foreign` says how many cores others took."
    })
public final class BenchCommand implements Callable<Integer> {
  /** Share of the measured capacity at which latency is taken. */
  private static final double LOAD = 0.5;

  private static final int LATENCY_BACKLOG = 3_000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--short", description = "Fewer and shorter rounds: within five minutes.")
  boolean brief;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures here, too.")
  @Nullable Path json;

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = "sdss3",
      description = "Model bundle (default: ${DEFAULT-VALUE}).")
  String bundle = "sdss3";

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds (default: 5; with --short 3, or 2 where time is short).")
  @Nullable Integer rounds;

  private BenchCommand() {}

  /** Runs the benchmark and ends with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
    level("org.nightglass", Level.WARN);
    level("org.apache.kafka.streams.StreamsConfig", Level.ERROR);
    // The launcher hands the subcommand's name on.
    boolean named = arguments.length > 0 && arguments[0].equals("bench");
    String[] own = named ? java.util.Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    System.exit(commandLine().execute(own));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchCommand());
    line.addSubcommand("micro", new MicroCommand());
    return line.setUsageHelpAutoWidth(true);
  }

  private static void level(String name, Level level) {
    ((Logger) LoggerFactory.getLogger(name)).setLevel(level);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Object> record = Machine.describe();
    record.forEach((name, value) -> say("%-20s %s".formatted(name, value)));
    Path directory = Files.createTempDirectory("nightglass-bench");
    Figures figures = new Figures();
    ModelBundle opened = ModelBundles.find(bundle, List.of(Stages.bundles()));
    record.put("bundle", opened.card().name() + "/" + opened.card().version());
    say("Starting broker and registry, filling their topics, warming up …");
    try (Services services = Services.start(directory)) {
      measure(plan(), opened, services, directory, figures);
    } finally {
      delete(directory);
    }
    record.put("load_average_after", Machine.load());
    figures.latencies().forEach(this::say);
    say("load average after   " + record.get("load_average_after"));
    Map<String, Figures.Spread> ratios = ratios(figures);
    ratios.forEach(
        (name, ratio) ->
            say(
                "%-48s %.3f (%.3f – %.3f)"
                    .formatted(name, ratio.median(), ratio.least(), ratio.greatest())));
    if (json != null) {
      write(json, record, figures, ratios);
    }
    return 0;
  }

  private Plan plan() {
    Plan plan = brief ? Plan.SHORT : Plan.FULL;
    return new Plan(
        rounds == null ? plan.rounds() : rounds,
        plan.sdssEvents(),
        plan.desiEvents(),
        plan.rawPasses(),
        plan.stagePasses(),
        plan.latencySeconds(),
        plan.within());
  }

  private void measure(
      Plan plan, ModelBundle opened, Services services, Path directory, Figures figures)
      throws InterruptedException {
    long began = System.nanoTime();
    SampleNight night;
    try (SpectrumModel model = SavedModelEngine.open(opened, EngineOptions.DEFAULT)) {
      model.warmUp();
      try (Round round = new Round(plan, opened, model, services)) {
        night = round.night(EventKind.SDSS);
        say("A round that does not count …");
        round.run(new Figures());
        long each = 0;
        for (int i = 1; i <= plan.rounds(); i++) {
          long now = System.nanoTime();
          if (i > 2 && now - began + each > plan.within().toNanos()) {
            say("Time is short: %d rounds instead of %d".formatted(i - 1, plan.rounds()));
            break;
          }
          round.run(figures);
          each = System.nanoTime() - now;
          say("Round %d of %d took %.0f s".formatted(i, plan.rounds(), each / 1e9));
        }
      }
    }
    figures.table().forEach(this::say);
    say("Latency and memory of `nightglass run` …");
    Product product = new Product(services, directory);
    for (String guarantee : Round.GUARANTEES) {
      double capacity = figures.rate(Round.endToEnd(EventKind.SDSS, guarantee)).median();
      Product.Outcome outcome =
          product.run(night, guarantee, LATENCY_BACKLOG, LOAD * capacity, plan.latencySeconds());
      String at = "half_capacity." + guarantee + ".";
      figures.put(at + "spectra_per_second", outcome.perSecond());
      figures.put(at + "latency_p50_ms", outcome.p50());
      figures.put(at + "latency_p99_ms", outcome.p99());
      if (outcome.peakMegabytes() != null) {
        figures.put(at + "peak_resident_mb", outcome.peakMegabytes());
      }
    }
  }

  private static Map<String, Figures.Spread> ratios(Figures figures) {
    Map<String, Figures.Spread> ratios = new LinkedHashMap<>();
    ratios.put("engine_over_raw_session", figures.ratio(Round.ENGINE, Round.RAW));
    for (EventKind kind : EventKind.values()) {
      for (String guarantee : Round.GUARANTEES) {
        ratios.put(
            "end_to_end_over_raw_session.%s.%s".formatted(kind.label(), guarantee),
            figures.ratio(Round.endToEnd(kind, guarantee), Round.RAW));
      }
    }
    return ratios;
  }

  private static void write(
      Path file, Map<String, Object> record, Figures figures, Map<String, Figures.Spread> ratios)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(record);
    // The headline: what a site gets by default, over the ceiling.
    all.put(
        "end_to_end_over_raw_session",
        figures.ratio(Round.endToEnd(EventKind.SDSS, Round.GUARANTEES.get(0)), Round.RAW).median());
    ratios.forEach((name, ratio) -> all.put(name, ratio.json()));
    all.putAll(figures.json());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}

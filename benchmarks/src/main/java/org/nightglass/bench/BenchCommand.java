package org.nightglass.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
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
      "  float32.…      the ceiling of the shipped bundle without products of 16-bit numbers",
      "  gasnet2.…      both with GaSNet-II's networks as published, in float32, untrained: a classifier and ten members",
      "  no_op_model    end_to_end with a model that does nothing and without the account of the night",
      "  account        the account of the night alone, over the results of that",
      "  engine, normalise, prepare, decode    the stages alone",
      "All of these run in this process, one at a time, with two threads; broker and registry are processes of their own"
          + " on the same cores. end_to_end reads spectra that were all in Kafka before; the first quarter of the results"
          + " and the last tenth are left out. Latency and memory are those of `nightglass run` in a process of its own.",
      "Nothing else should run meanwhile: the column `foreign` says how many cores others took."
    })
public final class BenchCommand implements Callable<Integer> {
  /** Shares of the measured capacity at which latency is taken. */
  private static final double[] LOADS = {0.5, 0.9};

  /** The bundle that the application uses by default. */
  static final String BUNDLE = "sdss13";

  private static final String RAW = "raw_session";
  private static final String OVER_PAPER = "shipped_over_gasnet2";
  private static final String ROAD = "end_to_end.";
  private static final String SHIPPED_ROAD = ROAD + EventKind.SDSS.label() + ".";

  /** The default of num.stream.threads and model.concurrency. */
  static final int THREADS = 2;

  private static final int LATENCY_BACKLOG = 2_000;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(names = "--short", description = "Fewer and shorter rounds: within five minutes.")
  boolean brief;

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures here, too.")
  @Nullable Path json;

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = BUNDLE,
      description = "Model bundle (default: ${DEFAULT-VALUE}).")
  String bundle = BUNDLE;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Rounds (default: 5; with --short 2, of which GaSNet-II's networks have one).")
  @Nullable Integer rounds;

  private BenchCommand() {}

  /** Runs the benchmark and ends with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT);
    level(org.slf4j.Logger.ROOT_LOGGER_NAME, Level.ERROR);
    level("org.nightglass", Level.WARN);
    level("org.apache.kafka", Level.ERROR);
    // The launcher hands the subcommand's name on.
    boolean named = arguments.length > 0 && arguments[0].equals("bench");
    String[] own = named ? Arrays.copyOfRange(arguments, 1, arguments.length) : arguments;
    System.exit(commandLine().execute(own));
  }

  /** The command line, for {@link #main} and for tests. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchCommand());
    line.addSubcommand("micro", new MicroCommand());
    line.addSubcommand("sweep", new SweepCommand());
    line.addSubcommand("gate", new GateCommand());
    line.addSubcommand("python", new PythonCommand());
    line.addSubcommand("scale", new ScaleCommand());
    line.addSubcommand("project", new ProjectCommand());
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
    Plan plan = plan();
    SampleNight night = SampleNight.simulate(EventKind.SDSS, Plan.SAMPLE);
    // GaSNet-II's networks take half a minute and one core to open.
    FutureTask<Contender> paper =
        new FutureTask<>(
            () -> Contender.paper(directory.resolve("gasnet2"), night, plan.paperPasses()));
    new Thread(paper, "opening").start();
    try (Services services = Services.start(directory)) {
      measure(plan, opened, paper, night, services, directory, figures);
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
    return rounds == null ? plan : plan.withRounds(rounds);
  }

  private void measure(
      Plan plan,
      ModelBundle opened,
      FutureTask<Contender> opening,
      SampleNight night,
      Services services,
      Path directory,
      Figures figures)
      throws InterruptedException {
    CpuClock clock = new CpuClock(services.processes());
    try (Crew crew = new Crew(THREADS, clock);
        Contender shipped =
            Contender.open("", opened, EngineOptions.DEFAULT, night, plan.rawPasses());
        Contender paper = join(opening);
        RawSession float32 =
            RawSession.open(
                opened, shipped.model(), Contender.FLOAT32, shipped.prepared(), Contender.BATCH);
        Round round =
            new Round(plan, shipped, float32, paper, crew, services, new Road(services, clock))) {
      say("Warming up …");
      round.warmUp();
      repeat(plan, round, figures);
      figures.table().forEach(this::say);
      Map<String, RawSession> sessions = new LinkedHashMap<>();
      sessions.put(RAW, shipped.raw());
      sessions.put(Round.FLOAT32_RAW, float32);
      sessions.put(paper.rawRow(), paper.raw());
      roofline(Roof.measure(crew), sessions, figures);
    }
    say("Latency and memory of `nightglass run` …");
    Product product = new Product(services, directory);
    latency(product, plan, night, Round.EXACTLY_ONCE, figures);
    if (plan.everything()) {
      latency(product, plan, night, Round.AT_LEAST_ONCE, figures);
    }
  }

  private static Contender join(FutureTask<Contender> opening) throws InterruptedException {
    try {
      return opening.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("GaSNet-II's networks do not open: " + e.getCause(), e);
    }
  }

  private void repeat(Plan plan, Round round, Figures figures) throws InterruptedException {
    long began = System.nanoTime();
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

  /** Where each model's sessions stand below what the machine could do with their arithmetic. */
  private static void roofline(Roof roof, Map<String, RawSession> sessions, Figures figures) {
    figures.put("roof.gflop_per_second", roof.gflops());
    figures.put("roof.bfloat16_gflop_per_second", roof.bfloat16Gflops());
    figures.put("roof.gigabyte_per_second", roof.gigabytes());
    sessions.forEach(
        (row, raw) -> {
          double rate = figures.rate(row).median();
          double intensity = raw.flopPerSpectrum() / raw.bytesPerSpectrum();
          double reached = rate * raw.flopPerSpectrum() / 1e9;
          figures.put(row + ".mflop_per_spectrum", raw.flopPerSpectrum() / 1e6);
          figures.put(row + ".megabyte_per_spectrum", raw.bytesPerSpectrum() / 1e6);
          figures.put(row + ".gflop_per_second", reached);
          figures.put(row + ".share_of_roof", reached / roof.gflops(raw.precision(), intensity));
        });
  }

  private static void latency(
      Product product, Plan plan, SampleNight night, String guarantee, Figures figures)
      throws InterruptedException {
    double capacity = figures.rate(SHIPPED_ROAD + guarantee).median();
    double[] rates = Arrays.stream(LOADS).map(load -> load * capacity).toArray();
    List<Product.Outcome> outcomes =
        product.run(
            "latency." + guarantee,
            night,
            guarantee,
            LATENCY_BACKLOG,
            rates,
            plan.latencySeconds());
    for (int i = 0; i < LOADS.length; i++) {
      String name = "load_%.0f.%s".formatted(100 * LOADS[i], guarantee);
      Product.Outcome outcome = outcomes.get(i);
      figures.put(name + ".spectra_per_second", outcome.perSecond());
      figures.put(name + ".latency_p50_ms", outcome.p50());
      figures.put(name + ".latency_p99_ms", outcome.p99());
      if (outcome.peakMegabytes() != null) {
        figures.put(name + ".peak_resident_mb", outcome.peakMegabytes());
      }
    }
  }

  private static Map<String, Figures.Spread> ratios(Figures figures) {
    Map<String, Figures.Spread> ratios = new LinkedHashMap<>();
    ratios.put("engine_over_raw_session", figures.ratio(Round.ENGINE, RAW));
    for (String row : figures.rows()) {
      if (row.startsWith(ROAD)) {
        ratios.put(row.replace(ROAD, "end_to_end_over_raw_session."), figures.ratio(row, RAW));
      }
    }
    ratios.put(
        Contender.PAPER_OVER_RAW,
        figures.ratio(Contender.PAPER + SHIPPED_ROAD + Round.EXACTLY_ONCE, Contender.PAPER + RAW));
    ratios.put("raw_session_over_float32", figures.ratio(RAW, Round.FLOAT32_RAW));
    ratios.put(OVER_PAPER + ".float32", figures.ratio(Round.FLOAT32_RAW, Contender.PAPER + RAW));
    ratios.put(OVER_PAPER + ".raw_session", figures.ratio(RAW, Contender.PAPER + RAW));
    ratios.put(
        OVER_PAPER + ".end_to_end",
        figures.ratio(
            SHIPPED_ROAD + Round.EXACTLY_ONCE,
            Contender.PAPER + SHIPPED_ROAD + Round.EXACTLY_ONCE));
    return ratios;
  }

  private static void write(
      Path file, Map<String, Object> record, Figures figures, Map<String, Figures.Spread> ratios)
      throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(record);
    // The headlines: what a site gets by default over the ceiling, and what our networks gain over
    // the paper's in the same precision.
    all.put(
        "end_to_end_over_raw_session",
        figures.ratio(SHIPPED_ROAD + Round.EXACTLY_ONCE, RAW).median());
    all.put(OVER_PAPER, figures.ratio(Round.FLOAT32_RAW, Contender.PAPER + RAW).median());
    ratios.forEach((name, ratio) -> all.put(name, ratio.json()));
    all.putAll(figures.json());
    new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), all);
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path directory) throws IOException {
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

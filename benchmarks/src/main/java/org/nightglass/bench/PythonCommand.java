package org.nightglass.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./nightglass bench python}: against what one would build in Python. */
@Command(
    name = "python",
    mixinStandardHelpOptions = true,
    description = {
      "`nightglass run` against benchmarks/python-baseline: the same broker, spectra, SavedModels, batch size, commit interval"
          + " and guarantee, each in processes of its own, one after the other in every round:",
      "  nightglass       as configured by default, keeping the account of the night",
      "  without_account  the same without it: the work that the baseline does",
      "  python           the baseline, in float32",
      "  python_bfloat16  the baseline with products of 16-bit numbers, where ours are, too",
      "Before, all run in float32 on fewer spectra, and what both say of every one is compared: the run fails if they"
          + " disagree. The Python needs the packages of benchmarks/python-baseline/requirements.txt."
    })
final class PythonCommand implements Callable<Integer> {
  private static final int WARM_UP = 6_000;
  private static final String OURS = "nightglass.";
  private static final String BARE = "without_account.";
  private static final String THEIRS = "python.";
  private static final String THEIRS_BFLOAT16 = "python_bfloat16.";

  @Spec CommandSpec spec = CommandSpec.create();

  @Mixin RunOptions common = new RunOptions();

  @Option(
      names = "--python",
      paramLabel = "PATH",
      defaultValue = "python3",
      description = "The Python to use (default: ${DEFAULT-VALUE}).")
  String python = "python3";

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      defaultValue = "SDSS",
      description = "Events: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  EventKind kind = EventKind.SDSS;

  @Option(
      names = "--guarantees",
      split = ",",
      paramLabel = "G",
      defaultValue = Round.EXACTLY_ONCE,
      description = "exactly_once_v2, at_least_once (default: ${DEFAULT-VALUE}).")
  List<String> guarantees = new ArrayList<>();

  @Option(
      names = "--events",
      paramLabel = "N",
      defaultValue = "40000",
      description = {
        "Spectra in each run (default: ${DEFAULT-VALUE}). The JVM's compiler takes half a minute of"
            + " each process of ours: with few, it is most of what is measured."
      })
  int events = 40_000;

  @Option(
      names = "--processes",
      paramLabel = "N",
      defaultValue = "1",
      description = "Python processes that share the partitions (default: ${DEFAULT-VALUE}).")
  int processes = 1;

  @Option(
      names = "--baseline-option",
      paramLabel = "OPTION",
      description = "A further option of baseline.py, for instance --baseline-option=--intra-op=1.")
  List<String> more = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write all figures here, too.")
  @Nullable Path json;

  /** Whether ours runs with products of bfloat16 numbers on this machine. */
  private boolean bfloat16;

  /** One run after the other, all over the same topic. */
  private record Contest(
      Path directory,
      Services services,
      Workers workers,
      Round.Input input,
      Path bundle,
      Figures figures) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    bfloat16 = Devices.find(EngineOptions.DEFAULT).precision() == Precision.BFLOAT16;
    Report report = new Report(spec);
    Path directory = Files.createTempDirectory("nightglass-python");
    ModelBundle opened = common.open();
    report.put("bundle", opened.card().name() + "/" + opened.card().version());
    try (Services services = Services.start(directory)) {
      warmUp(directory, services, opened, report);
      Round.Input input = Round.Input.of(kind, "input", events, services);
      Contest contest =
          new Contest(
              directory,
              services,
              new Workers(services),
              input,
              opened.directory(),
              report.figures());
      for (int round = 1; round <= common.rounds(); round++) {
        for (String guarantee : guarantees) {
          run(contest, round, guarantee);
        }
        report.say("Round %d of %d".formatted(round, common.rounds()));
      }
      input.topic().close();
    } finally {
      BenchCommand.delete(directory);
    }
    guarantees.forEach(guarantee -> ratios(report, guarantee));
    report.finish(json);
    return 0;
  }

  /**
   * Broker and registry are processes of the JVM, too: whoever came first would pay for what they
   * compile. What both say in the same arithmetic is compared meanwhile.
   */
  private void warmUp(Path directory, Services services, ModelBundle opened, Report report)
      throws InterruptedException {
    Round.Input input = Round.Input.of(kind, "input-warm-up", WARM_UP, services);
    Contest contest =
        new Contest(
            directory, services, new Workers(services), input, opened.directory(), new Figures());
    Agreement agreement =
        Agreement.of(
            ours(contest, BARE, WARM_UP, /* round= */ 0, Round.EXACTLY_ONCE),
            theirs(contest, THEIRS, WARM_UP, /* round= */ 0, Round.EXACTLY_ONCE));
    input.topic().close();
    agreement.addTo(report.figures(), "float32");
    agreement.require(/* sameArithmetic= */ true);
    report.say("Broker and registry are warm");
  }

  /** Every round begins with another one: none is always behind the same one. */
  private void run(Contest contest, int round, String guarantee) throws InterruptedException {
    List<String> rows = new ArrayList<>(List.of(OURS, BARE, THEIRS));
    if (bfloat16) {
      rows.add(THEIRS_BFLOAT16);
    }
    Collections.rotate(rows, 1 - round);
    Map<String, Map<String, SpectrumResult>> results = new HashMap<>();
    for (String row : rows) {
      results.put(
          row,
          row.startsWith("python")
              ? theirs(contest, row, events, round, guarantee)
              : ours(contest, row, events, round, guarantee));
    }
    String alike = bfloat16 ? THEIRS_BFLOAT16 : THEIRS;
    Agreement agreement = Agreement.of(of(results, BARE), of(results, alike));
    agreement.addTo(contest.figures(), guarantee);
    agreement.require(!bfloat16);
  }

  private static Map<String, SpectrumResult> of(
      Map<String, Map<String, SpectrumResult>> results, String row) {
    return results.getOrDefault(row, Map.of());
  }

  private Map<String, SpectrumResult> ours(
      Contest contest, String row, int spectra, int round, String guarantee)
      throws InterruptedException {
    String name = "%s%s.%d".formatted(row, guarantee, round);
    Map<String, String> settings =
        contest.services().settings(name, contest.input().topic().name(), guarantee);
    settings.put(Settings.MODEL_BUNDLE, contest.bundle().toString());
    if (row.equals(BARE)) {
      settings.remove(Settings.OBSERVATORY_ZONE);
    }
    if (round == 0) {
      settings.put(Settings.MODEL_PRECISION, Precision.FLOAT32.toString());
    }
    Path file = Product.write(contest.directory(), name, settings);
    Path log = contest.directory().resolve(name + ".log");
    return measure(
        contest,
        row + guarantee,
        name,
        NightglassConfig.of("bench", settings),
        spectra,
        1,
        i -> Child.start(log, "run", "--config", file.toString()));
  }

  private Map<String, SpectrumResult> theirs(
      Contest contest, String row, int spectra, int round, String guarantee)
      throws InterruptedException {
    String name = "%s%s.%d".formatted(row, guarantee, round);
    NightglassConfig config =
        contest.services().config(name, contest.input().topic().name(), guarantee);
    List<String> command = new ArrayList<>(command(name, config, contest.bundle()));
    if (guarantee.equals(Round.AT_LEAST_ONCE)) {
      command.add("--at-least-once");
    }
    if (row.equals(THEIRS_BFLOAT16)) {
      command.add("--bfloat16");
    }
    command.addAll(more);
    return measure(
        contest,
        row + guarantee,
        name,
        config,
        spectra,
        processes,
        i ->
            Child.startOther(contest.directory().resolve("%s.%d.log".formatted(name, i)), command));
  }

  private List<String> command(String name, NightglassConfig config, Path model) {
    Path checkout = Path.of(System.getProperty("nightglass.home"), "..", "..", "..");
    return List.of(
        python,
        checkout.resolve("benchmarks/python-baseline/baseline.py").normalize().toString(),
        "--bootstrap-servers",
        config.list(Settings.BOOTSTRAP_SERVERS).get(0),
        "--registry",
        config.string(Settings.REGISTRY_URL),
        "--spectra",
        config.topics().spectra(),
        "--results",
        config.topics().results(),
        "--group",
        name,
        "--bundle",
        model.toString());
  }

  private Map<String, SpectrumResult> measure(
      Contest contest,
      String row,
      String name,
      NightglassConfig config,
      int spectra,
      int number,
      IntFunction<Child> start)
      throws InterruptedException {
    contest
        .workers()
        .run(config, name, spectra, number, start, () -> {})
        .addTo(contest.figures(), row);
    Map<String, SpectrumResult> results = Outputs.results(config);
    Outputs.delete(config, name);
    return results;
  }

  private void ratios(Report report, String guarantee) {
    Figures figures = report.figures();
    for (String ours : List.of(OURS, BARE)) {
      for (String theirs : bfloat16 ? List.of(THEIRS, THEIRS_BFLOAT16) : List.of(THEIRS)) {
        String name =
            "%s%s_over_%s".formatted(ours, guarantee, theirs.substring(0, theirs.length() - 1));
        String row = ours + guarantee;
        String other = theirs + guarantee;
        report.ratio(name + ".rate", figures.ratio(row, other));
        report.ratio(name + ".cpu", figures.ratio(row, other, Measurement::cpuPerThousand));
        double memory = figures.quotient(Workers.PEAK + row, Workers.PEAK + other);
        report.ratio(name + ".peak_resident", Figures.Spread.of(memory));
      }
    }
  }
}

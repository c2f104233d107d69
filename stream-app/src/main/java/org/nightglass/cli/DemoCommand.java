package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightYield;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.Account;
import org.nightglass.demo.Demo;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.SpectrumSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = DemoConfig.NAME,
    description = {
      "Runs the main job on embedded parts: a real Kafka broker and a real schema registry on loopback, a simulated night"
          + " (or FITS files) produced as Avro events, the application, and the account of what came out.",
      "Needs nothing but a JDK."
    })
final class DemoCommand implements Callable<Integer> {
  /**
   * A night to simulate where none is asked for: the longest of the year before this program was
   * written.
   */
  private static final String NIGHT = "20251221";

  /** Fits 100 columns. */
  private static final String FUNNEL = "  %-8s %-7s %-10s %8s %8s %8s %7s %10s %7s  %s";

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--spectra",
      paramLabel = "N",
      defaultValue = "2000",
      description = "Spectra to simulate (default: ${DEFAULT-VALUE}).")
  int spectra = 2000;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Same seed, same spectra (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--input",
      arity = "1..*",
      paramLabel = "PATH",
      description = "FITS files or folders of them, instead of a simulated night.")
  List<Path> input = List.of();

  @Option(
      names = "--survey",
      paramLabel = "NAME",
      description =
          "Preset of a survey: its observatory, programmes and policies (deploy/surveys: sdss, desi, 4most), or a file of"
              + " your own. Without it: every programme by the default policy.")
  @Nullable String survey;

  @Option(
      names = "--once",
      description =
          "End when every event is accounted for: 0 if each has one result or reject, else the reason. Without it, the"
              + " application goes on until Ctrl-C, for other clients to try.")
  boolean once;

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "The embedded broker's port; 0, the default, takes a free one.")
  int port;

  @Option(
      names = "--stall",
      paramLabel = "S",
      defaultValue = "120",
      description =
          "Give up when nothing comes out for so many seconds (default: ${DEFAULT-VALUE}).")
  int stallSeconds = 120;

  @Mixin DemoSettings overrides = new DemoSettings();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logs.quiet();
    PrintWriter out = spec.commandLine().getOut();
    if (spectra < 1) {
      throw new IllegalArgumentException("--spectra " + spectra + ": must be at least 1");
    }
    SpectrumSource source =
        input.isEmpty()
            ? SpectrumSource.simulated(spectra, seed, NIGHT, SurveyPresets.night(survey))
            : SpectrumSource.files(input);
    if (source.size() == 0) {
      throw new CommandFailedException("no *.fits or *.fits.gz in " + input);
    }
    DemoConfig configured = new DemoConfig(SurveyPresets.settings(survey), overrides.given());
    configured.check(Home.bundles()); // before anything is started
    Path state = Files.createTempDirectory("nightglass-demo");
    say(out, "Starting a Kafka broker and a schema registry on loopback …");
    try (CleanExit unused = CleanExit.within(Duration.ofSeconds(90));
        EmbeddedParts parts = EmbeddedParts.start(port, 0, null)) {
      say(out, "  broker    " + parts.bootstrapServers());
      say(out, "  registry  " + parts.registryUrl());
      say(out, "Starting the application and warming up the model …");
      NightglassConfig config = configured.of(parts.bootstrapServers(), parts.registryUrl(), state);
      try (Demo demo = Demo.start(config, Home.bundles())) {
        demo.address().ifPresent(at -> say(out, "  page      " + at));
        demo.token().ifPresent(token -> say(out, "  token     " + token + "   (for overrides)"));
        Demo.Outcome outcome = run(demo, source, out);
        boolean well = outcome.faults().isEmpty();
        if (!once && well) {
          stay(out, parts);
        }
        return !well
            ? Nightglass.FAILED
            : outcome.unreadableFiles() > 0 ? Nightglass.SOME_UNREADABLE : Nightglass.OK;
      }
    } finally {
      Folders.delete(state);
    }
  }

  private Demo.Outcome run(Demo demo, SpectrumSource source, PrintWriter out)
      throws InterruptedException {
    say(out, "Sending %,d %s …".formatted(source.size(), input.isEmpty() ? "spectra" : "files"));
    Demo.Outcome outcome;
    try (Progress progress = Progress.of("spectra", source.size(), true)) {
      outcome =
          demo.run(
              source,
              Duration.ofSeconds(stallSeconds),
              new Demo.Watcher() {
                @Override
                public void progress(int accounted, int total) {
                  progress.to(accounted, total);
                }

                @Override
                public void unreadable(String message) {
                  say(spec.commandLine().getErr(), "skipped: " + message);
                }
              });
    }
    summary(out, outcome);
    return outcome;
  }

  private static void summary(PrintWriter out, Demo.Outcome outcome) {
    Account account = outcome.account();
    say(out, "");
    say(
        out,
        "%,d events in = %,d results + %,d rejects, in %.1f s: %,.0f spectra/s"
            .formatted(
                account.sent(),
                account.results(),
                account.rejects(),
                outcome.seconds(),
                account.accounted() / outcome.seconds()));
    Long median = account.latencyMillis(0.5);
    Long slow = account.latencyMillis(0.99);
    if (median != null && slow != null) {
      say(
          out,
          "from the broker's taking an event to its result, queue included: p50 %,d ms, p99 %,d ms"
              .formatted(median, slow));
    }
    account
        .byClass()
        .forEach(
            (label, count) ->
                say(
                    out,
                    "  %-20s %6d   z accepted by the model %6d"
                        .formatted(label, count, account.goodByClass().getOrDefault(label, 0))));
    account
        .byReason()
        .forEach((reason, count) -> say(out, "  reject %-20s %6d".formatted(reason, count)));
    if (!outcome.score().rows().isEmpty()) {
      say(out, "against what was simulated:");
      outcome.score().lines().forEach(line -> say(out, "  " + line));
    }
    funnel(out, outcome.yields());
    outcome.faults().forEach(fault -> say(out, "FAULT: " + fault));
  }

  private static void funnel(PrintWriter out, Map<String, NightYield> yields) {
    List<NightYield> programmes =
        yields.values().stream()
            .filter(y -> y.getFieldId() == null && y.getSelectedAs() == null)
            .filter(y -> y.getClassLabel() == null)
            .toList();
    if (programmes.isEmpty()) {
      return;
    }
    say(out, "the night's funnel, unique targets; completeness = good z/targeted, 68 % interval:");
    say(
        out,
        FUNNEL.formatted(
            "night",
            "state",
            "programme",
            "targeted",
            "assigned",
            "observed",
            "valid",
            "classified",
            "good z",
            "complete"));
    programmes.forEach(yield -> say(out, funnelRow(yield)));
  }

  private static String funnelRow(NightYield yield) {
    return FUNNEL.formatted(
        yield.getNight(),
        yield.getState(),
        yield.getProgramme() == null ? "all" : yield.getProgramme(),
        yield.getTargeted(),
        yield.getAssigned(),
        yield.getObserved(),
        yield.getValid(),
        yield.getClassified(),
        yield.getGoodZ(),
        completeness(yield));
  }

  private static String completeness(NightYield yield) {
    return yield.getRatios().stream()
        .filter(ratio -> ratio.getName().equals("redshift_completeness"))
        .filter(ratio -> ratio.getValue() != null)
        .map(
            ratio ->
                "%.1f %% (%.1f–%.1f)"
                    .formatted(100 * ratio.getValue(), 100 * ratio.getLow(), 100 * ratio.getHigh()))
        .findFirst()
        .orElse("–");
  }

  private static void stay(PrintWriter out, EmbeddedParts parts) {
    say(out, "");
    say(
        out,
        "The application goes on; Ctrl-C stops it. Other clients may use the addresses above.");
    try {
      throw new CommandFailedException(parts.awaitFailure());
    } catch (InterruptedException stopped) {
      say(out, "Stopping …");
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}

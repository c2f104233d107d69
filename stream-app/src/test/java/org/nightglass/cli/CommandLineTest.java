package org.nightglass.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  static List<String> commands() {
    return List.copyOf(Nightglass.commandLine().getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldExplainEveryCommandAndEveryOption(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage:").contains(command);
    Nightglass.commandLine().getSubcommands().get(command).getCommandSpec().options().stream()
        .filter(option -> !option.hidden())
        .forEach(
            option ->
                assertThat(option.description())
                    .as("description of %s %s", command, option.longestName())
                    .isNotEmpty());
  }

  @Test
  void shouldTeachByExampleAndListExitCodes() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("./nightglass demo --once")
        .contains("Exit codes:")
        .contains(
            "demo",
            "run",
            "classify",
            "replay",
            "broker",
            "check-config",
            "train",
            "evaluate",
            "report",
            "completion");
  }

  @Test
  void shouldTellItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("(?s)nightglass \\d+\\.\\d+\\.\\d+\\S*\\s*");
  }

  @Test
  void shouldSuggestWhatWasMeant() {
    assertThat(run("clasify")).isEqualTo(Nightglass.WRONG_USE);
    assertThat(err.toString()).contains("classify");
    assertThat(run("demo", "--spektra", "5")).isEqualTo(Nightglass.WRONG_USE);
    assertThat(err.toString()).contains("--spektra");
  }

  @Test
  void shouldTellOfAnUnknownSurveyBeforeAnythingIsStarted(@TempDir Path home) {
    System.setProperty("nightglass.home", home.toString());
    try {
      assertThat(run("demo", "--once", "--survey", "desy")).isEqualTo(Nightglass.FAILED);
    } finally {
      System.clearProperty("nightglass.home");
    }
    assertThat(err.toString()).contains("there is no survey 'desy'", "sdss, desi, 4most");
    assertThat(out.toString()).doesNotContain("Starting");
  }

  @Test
  void shouldTellEveryFaultOfADemosSettingsBeforeAnythingIsStarted(@TempDir Path home) {
    System.setProperty("nightglass.home", home.toString());
    try {
      assertThat(
              run(
                  "demo",
                  "--once",
                  "--bundle=no-such-bundle",
                  "-Dbatch.max.size=0",
                  "--set=batch.lingr.ms=5",
                  "-Dbootstrap.servers=elsewhere:9092",
                  "-Dprogramme.dark.accept.class.probability=2"))
          .isEqualTo(Nightglass.WRONG_USE);
    } finally {
      System.clearProperty("nightglass.home");
    }
    assertThat(err.toString())
        .contains("demo: 5 faults")
        .contains("batch.max.size", "did you mean batch.linger.ms?")
        .contains("bootstrap.servers is demo's own; ./nightglass run takes it")
        .contains("programme.dark.accept.class.probability")
        .contains("no bundle 'no-such-bundle'")
        .doesNotContain("Exception");
    assertThat(out.toString()).doesNotContain("Starting");
  }

  @Test
  void shouldTellEveryFaultOfASimulatedSurveysSettingsBeforeAnythingIsStarted(@TempDir Path home)
      throws IOException {
    Path preset = Files.createDirectories(home.resolve("surveys")).resolve("desi.properties");
    Files.writeString(preset, "model.bundle=no-such-bundle\nprogramme.dark.goal.snr=2\n");
    System.setProperty("nightglass.home", home.toString());
    try {
      assertThat(
              run("simulate-survey", "-D", "batch.lingr.ms=5", "-D", "topics.plan=the-real-plan"))
          .isEqualTo(Nightglass.WRONG_USE);
    } finally {
      System.clearProperty("nightglass.home");
    }
    assertThat(err.toString())
        .contains("simulate-survey: 3 faults")
        .contains("did you mean batch.linger.ms?")
        .contains("topics.plan is simulate-survey's own; ./nightglass run takes it")
        .contains("no bundle 'no-such-bundle'")
        .doesNotContain("Exception");
    assertThat(out.toString()).doesNotContain("Starting");
  }

  @Test
  void shouldListEveryFaultOfAConfigurationAtOnce(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("night.properties");
    Files.writeString(file, "batch.max.size=0\nbatch.lingr.ms=5\nprocessing.guarantee=never\n");
    assertThat(run("check-config", "--offline", file.toString())).isEqualTo(Nightglass.WRONG_USE);
    assertThat(err.toString())
        .contains("5 faults")
        .contains("batch.max.size", "did you mean batch.linger.ms?", "exactly_once_v2")
        .contains("bootstrap.servers is missing", "schema.registry.url is missing")
        .doesNotContain("Exception");
  }

  @Test
  void shouldNotAskAPresetWhereTheClusterIs(@TempDir Path home) throws IOException {
    Path file = home.resolve("preset.properties");
    Files.writeString(file, "model.bundle=no-such-bundle\nprogramme.dark.goal.snr=2\n");
    System.setProperty("nightglass.home", home.toString());
    try {
      assertThat(run("check-config", "--preset", file.toString())).isEqualTo(Nightglass.WRONG_USE);
    } finally {
      System.clearProperty("nightglass.home");
    }
    assertThat(err.toString()).contains("1 fault", "no bundle 'no-such-bundle'");
  }

  @Test
  void shouldSayWhatToDoWhenThereIsNothingToRead(@TempDir Path empty) {
    assertThat(run("classify", empty.toString())).isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("no *.fits").contains(empty.toString());
  }

  @Test
  void shouldTellOfAnEmptyFolderBesideOtherFiles(@TempDir Path folder) throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.fits"), "no FITS");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    System.setProperty("nightglass.home", Path.of("..", "models").toString());
    try {
      assertThat(run("classify", broken.toString(), empty.toString()))
          .isEqualTo(Nightglass.SOME_UNREADABLE);
    } finally {
      System.clearProperty("nightglass.home");
    }
    assertThat(err.toString().lines())
        .contains("skipped: " + empty + ": no *.fits or *.fits.gz in it")
        .anySatisfy(line -> assertThat(line).startsWith("skipped: ").contains("broken.fits"));
  }

  @Test
  void shouldNameAPathThatIsNotThereInPlainWords() {
    assertThat(run("classify", "/no/such/path")).isEqualTo(Nightglass.FAILED);
    assertThat(run("demo", "--once", "--input", "/no/such/path")).isEqualTo(Nightglass.FAILED);
    assertThat(err.toString().lines())
        .containsOnly("nightglass: /no/such/path: no such file or folder");
  }

  @Test
  void shouldRefuseAnOutputOfUnknownKind(@TempDir Path folder) {
    assertThat(run("classify", folder.toString(), "--output", "rows.xls"))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("rows.xls").contains(".csv or .jsonl");
  }

  @Test
  void shouldWriteACompletionScriptThatTheShellUnderstands(@TempDir Path folder) throws Exception {
    assertThat(run("completion", "bash")).isZero();
    Path script = folder.resolve("completion.bash");
    Files.writeString(script, out.toString());
    Process bash =
        new ProcessBuilder("bash", "-c", "source " + script + " && complete -p nightglass")
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said).contains("nightglass");
    assertThat(out.toString()).contains("report", "--night");
  }

  /** What to type, and what the line becomes when TAB is pressed. */
  static Map<String, String> typed() {
    return Map.of(
        "nightglass de", "nightglass demo ",
        "./nightglass repo", "./nightglass report ",
        "nightglass report --ni", "nightglass report --night ",
        "nightglass completion z", "nightglass completion zsh ");
  }

  @Test
  void shouldCompleteInZshWhatIsTyped(@TempDir Path folder) throws Exception {
    String zsh = zsh();
    assertThat(run("completion", "zsh")).isZero();
    Path script = folder.resolve("completion.zsh");
    Files.writeString(script, out.toString());
    for (Map.Entry<String, String> line : typed().entrySet()) {
      // A zsh in a terminal of its own, as a person has it, without anybody's settings.
      Process terminal =
          new ProcessBuilder(
                  zsh,
                  "-f",
                  "-c",
                  """
                  zmodload zsh/zpty
                  zpty shell zsh -f -i
                  zpty -w shell "unsetopt prompt_sp; source $1; print rea''dy"
                  zpty -r -m shell said '*ready*'
                  zpty -w -n shell "$2"$'\t'
                  zpty -r -m shell said "*$3*" && print -r -- completed
                  zpty -d shell
                  """,
                  "zsh",
                  script.toString(),
                  line.getKey(),
                  line.getValue().strip())
              .redirectErrorStream(true)
              .start();
      boolean ended = terminal.waitFor(30, TimeUnit.SECONDS);
      if (!ended) {
        terminal.destroyForcibly();
      }
      assertThat(ended).as("'%s' becomes '%s' in time", line.getKey(), line.getValue()).isTrue();
      String said = new String(terminal.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(said).as(line.getKey()).contains("completed");
    }
  }

  private static String zsh() {
    for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
      if (Files.isExecutable(Path.of(folder, "zsh"))) {
        return Path.of(folder, "zsh").toString();
      }
    }
    String missing = "there is no zsh on the PATH to try the completion with";
    return Boolean.getBoolean("nightglass.require.zsh") ? fail(missing) : abort(missing);
  }

  @Test
  void shouldSayWhereAReportMayComeFromAndWhatIsWrongWithIt() {
    assertThat(run("report", "--night", "20260228")).isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("--url", "--config");
    assertThat(run("report", "--night", "today", "--url", "http://127.0.0.1:1"))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("YYYYMMDD");
    assertThat(run("report", "--night", "20260228", "--url", "http://127.0.0.1:1"))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("is Nightglass running there?").doesNotContain("--debug");
    assertThat(run("report", "--night", "20260228", "--url", "ftp://x"))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("http://");
  }
}

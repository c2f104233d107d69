package org.nightglass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class EvaluateCommandTest {
  private static final String HOME = "nightglass.home";

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private @Nullable String home;

  /** The module of models holds its bundles as an installation does. */
  @BeforeEach
  void findBundles() {
    home = System.getProperty(HOME);
    System.setProperty(HOME, Path.of("..", "models").toString());
  }

  @AfterEach
  void restore() {
    if (home == null) {
      System.clearProperty(HOME);
    } else {
      System.setProperty(HOME, home);
    }
  }

  private int run(String... arguments) {
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void shouldJudgeTheShippedBundleOnSimulatedSpectra() throws IOException {
    Path output = folder.resolve("new").resolve("folder");
    int code =
        run(
            "evaluate",
            "--bundle",
            "sdss13/8",
            "--simulated",
            "40",
            "--seed",
            "11",
            "--output",
            output.toString());
    assertThat(code).as(err.toString()).isEqualTo(Nightglass.OK);
    assertThat(out.toString())
        .contains(
            "sdss13/8 on 40 spectra simulated with the built-in parametric library, programme"
                + " SDSS_LEGACY, seed 11")
        .contains("GALAXY", "QSO", "galaxy, quasar or star right", "evaluation.html");
    JsonNode json = new ObjectMapper().readTree(output.resolve("evaluation.json").toFile());
    assertThat(json.at("/subject/scored").intValue()).isEqualTo(40);
    assertThat(json.at("/all/classRight/value").doubleValue()).isGreaterThan(0.7);
    assertThat(json.at("/all/snrBin").isNull()).isTrue();
    assertThat(Files.readString(output.resolve("evaluation.html")))
        .contains("<svg", "built-in parametric library")
        .doesNotContain("NaN", "http");
  }

  @Test
  void shouldJudgeOnWhatTheBundleWasNotTrainedOn() throws IOException {
    int code =
        run(
            "evaluate",
            "--bundle",
            "sdss13/8",
            "--simulated",
            "20",
            "--unseen",
            "--programme",
            "BOSS",
            "--precision",
            "float32",
            "--output",
            folder.toString());
    assertThat(code).as(err.toString()).isEqualTo(Nightglass.OK);
    assertThat(out.toString())
        .contains("sdss13/8 on 20 spectra of 6 kinds not trained on")
        .contains(
            "SUPERNOVA_IA", "QUASAR_BEYOND", "parameters", "MFLOP a spectrum, products in float32");
    JsonNode json = new ObjectMapper().readTree(folder.resolve("evaluation.json").toFile());
    assertThat(json.at("/unseen").size()).isEqualTo(6);
    assertThat(json.at("/unseen/0/outOfDistribution/whole").intValue()).isEqualTo(4);
    assertThat(json.at("/cost/networks").size()).isEqualTo(4);
    assertThat(json.at("/cost/networks/0/asked").doubleValue()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "|nothing to evaluate on",
        "--spectra .|--spectra and --catalog go together",
        "--catalog c.csv --simulated 5|--spectra and --catalog go together",
        "--simulated 5 --sky .|--simulated goes without",
        "--predictions p.fits --simulated 5|--predictions goes without",
        "--unseen --sky .|--unseen needs --simulated N",
        "--simulated 0|--simulated must be at least 1, got 0",
        "--simulated five|five",
      })
  void shouldSayWhichOptionsGoTogether(String options, String message) {
    String all = "evaluate --output " + folder + (options == null ? "" : " " + options);
    assertThat(run(all.split(" ", -1))).isEqualTo(Nightglass.WRONG_USE);
    assertThat(err.toString()).contains(message);
  }

  @Test
  void shouldExplainWhatIsWrongWithItsInput() throws IOException {
    Path catalogue = Files.writeString(folder.resolve("c.csv"), "file,class\na.fits,QSO\n");
    assertThat(
            run(
                "evaluate",
                "--spectra",
                folder.toString(),
                "--catalog",
                catalogue.toString(),
                "--output",
                folder.toString()))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("c.csv has no column z").doesNotContain("Exception");
    Path broken = Files.writeString(folder.resolve("broken.fits"), "no FITS");
    assertThat(run("evaluate", "--predictions", broken.toString(), "--output", folder.toString()))
        .isEqualTo(Nightglass.FAILED);
    assertThat(err.toString()).contains("broken.fits").doesNotContain("Exception");
    assertThat(folder.resolve("evaluation.json")).doesNotExist();
  }
}

package org.nightglass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class TrainCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @AfterEach
  void forgetHome() {
    System.clearProperty("nightglass.home");
  }

  @Test
  void shouldTrainABundleFromFormulasAloneThatCanBeCalibratedAnewAndEvaluated() throws IOException {
    int code =
        run(
            ("train --survey sdss13 --output %s --work %s --pool 400 --held-back 100 --seed 3"
                    + " --classifier-steps 20 --redshift-steps 20 --quasar-steps 3 --star-steps 3"
                    + " --batch 16 --members 1")
                .formatted(folder.resolve("bundles"), folder.resolve("work"))
                .split(" "));
    assertThat(code).as(err.toString()).isEqualTo(Nightglass.OK);
    assertThat(out.toString()).contains("sdss13/1 is in", "simulated.STAR_K5.classRight");
    assertThat(Files.readString(folder.resolve("work/training.html")))
        .contains("<svg", "classifier", "GALAXY-0")
        .doesNotContain("NaN", "http");
    System.setProperty("nightglass.home", folder.toString()); // as the launcher does
    code =
        run(
            ("calibrate --bundle %s --bundle-version 2 --output %s --held-back 150 --seed 4")
                .formatted(folder.resolve("bundles/sdss13/1"), folder.resolve("bundles"))
                .split(" "));
    assertThat(code).as(err.toString()).isEqualTo(Nightglass.OK);
    assertThat(out.toString()).contains("sdss13/2 is in");
    code =
        run(
            "evaluate",
            "--bundle",
            "sdss13", // the newest
            "--simulated",
            "20",
            "--programme",
            "BOSS",
            "--output",
            folder.resolve("evaluation").toString());
    assertThat(code).as(err.toString()).isEqualTo(Nightglass.OK);
  }

  @ParameterizedTest
  @CsvSource({
    "--spectra x, --spectra and --catalog go together",
    "--gasnet-tables x --spectra y --catalog z, --gasnet-tables goes without",
    "--grid wide, 'got ''wide'''",
    "--classes GALAXY|SHIP, no such survey",
  })
  void shouldSayWhichOptionsDoNotGoTogether(String options, String message) {
    int code =
        run(("train --survey x --output " + folder + " " + options.replace('|', ',')).split(" "));
    assertThat(code).isNotEqualTo(Nightglass.OK);
    assertThat(err.toString()).contains(message);
  }
}

package org.nightglass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.simulate.SurveyProgramme;
import picocli.CommandLine;

class SimulateCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine line = Nightglass.commandLine();
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private int simulate(Path output, SurveyProgramme programme, int number) {
    return run(
        "simulate",
        "--programme",
        programme.name(),
        "--number",
        Integer.toString(number),
        "--seed",
        "3",
        "--output",
        output.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"SDSS_LEGACY", "DESI_DARK"})
  void shouldWriteSpectraThatEvaluateJudges(String programme) throws IOException {
    assertThat(simulate(folder, SurveyProgramme.valueOf(programme), 40)).as("%s", err).isZero();
    List<String> catalogue = Files.readAllLines(folder.resolve("catalog.csv"));
    assertThat(catalogue.get(0)).isEqualTo("file,class,subclass,z");
    int sky = files(folder.resolve("sky")).size();
    assertThat(sky).isBetween(1, 8);
    assertThat(files(folder.resolve("spectra"))).hasSize(40 - sky);
    assertThat(catalogue).hasSize(1 + 40 - sky);
    String home = System.getProperty("nightglass.home");
    try {
      System.setProperty("nightglass.home", Path.of("..", "models").toString());
      int code =
          run(
              "evaluate",
              "--spectra",
              folder.resolve("spectra").toString(),
              "--catalog",
              folder.resolve("catalog.csv").toString(),
              "--sky",
              folder.resolve("sky").toString(),
              "--output",
              folder.resolve("judged").toString());
      assertThat(code).as("%s", err).isZero();
    } finally {
      if (home == null) {
        System.clearProperty("nightglass.home");
      } else {
        System.setProperty("nightglass.home", home);
      }
    }
    JsonNode judged =
        new ObjectMapper().readTree(folder.resolve("judged/evaluation.json").toFile());
    assertThat(judged.at("/subject/scored").asInt()).isEqualTo(40);
    assertThat(judged.at("/subject/skipped").asInt(-1)).isZero();
  }

  @Test
  void shouldWriteTheSameBytesForTheSameSeed() throws IOException {
    Path a = folder.resolve("a");
    Path b = folder.resolve("b");
    assertThat(simulate(a, SurveyProgramme.BOSS, 6)).isZero();
    assertThat(simulate(b, SurveyProgramme.BOSS, 6)).isZero();
    for (Path file : files(a)) {
      assertThat(b.resolve(a.relativize(file))).hasSameBinaryContentAs(file);
    }
    assertThat(files(a)).hasSameSizeAs(files(b)).hasSize(7);
  }

  @Test
  void shouldNotMixTwoSimulationsInAFolder() {
    assertThat(simulate(folder, SurveyProgramme.BOSS, 2)).isZero();
    assertThat(simulate(folder, SurveyProgramme.BOSS, 2)).isNotZero();
    assertThat(err.toString()).contains("catalog.csv is there already");
    assertThat(run("simulate", "--number", "0", "--output", folder.resolve("x").toString()))
        .isNotZero();
    assertThat(err.toString()).contains("--number is 1 to 1000000, got 0");
  }

  private static List<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }
}

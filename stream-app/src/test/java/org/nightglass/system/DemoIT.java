package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first command of the README, as a user runs it: a program of its own, judged by what it
 * prints and returns.
 */
class DemoIT {
  private record Ended(int exitCode, String output) {}

  @TempDir Path folder;

  private Ended nightglass(String... arguments) throws IOException, InterruptedException {
    Path output = folder.resolve("output.txt");
    List<String> command = new ArrayList<>(List.of(ApplicationProcess.launcher().toString()));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    process.getOutputStream().close();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    return new Ended(process.waitFor(), Files.readString(output));
  }

  private static Path data() {
    String given = System.getProperty("nightglass.data", "");
    Path data = given.isEmpty() ? Path.of("..", "..", "shared", "data") : Path.of(given);
    assumeTrue(Files.isDirectory(data), "no real spectra at " + data);
    return data;
  }

  @Test
  void shouldAccountForEverySpectrumOfASimulatedNight() throws Exception {
    Ended demo = nightglass("demo", "--once", "--spectra", "500", "--seed", "7");
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output())
        .containsPattern(
            "500 events in = 500 results \\+ 0 rejects, in [0-9.]+ s: [0-9,]+ spectra/s")
        .containsPattern("p50 [0-9,]+ ms, p99 [0-9,]+ ms")
        .contains("GALAXY", "QSO", "STAR");
  }

  @Test
  void shouldGiveOneResultForEachRealSpectrum() throws Exception {
    Path spectra = data().resolve("real").resolve("spectra");
    Ended demo = nightglass("demo", "--once", "--input", spectra.toString());
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output()).contains("197 events in = 197 results + 0 rejects");
  }

  @Test
  void shouldSkipABrokenFileAndSaySoInItsExitCode() throws Exception {
    Path spectra = data().resolve("real").resolve("spectra");
    Path some = Files.createDirectory(folder.resolve("some"));
    try (var files = Files.list(spectra)) {
      for (Path file : files.sorted().limit(3).toList()) {
        Files.copy(file, some.resolve(file.getFileName()));
      }
    }
    Files.writeString(some.resolve("broken.fits"), "SIMPLE  = this is no FITS file");
    Ended demo = nightglass("demo", "--once", "--input", some.toString());
    assertThat(demo.exitCode()).as(demo.output()).isEqualTo(3);
    assertThat(demo.output())
        .contains("3 events in = 3 results")
        .contains("skipped")
        .contains("broken.fits");
  }

  @Test
  void shouldRunOnABundleThatWasTrainedAMinuteAgo() throws Exception {
    Path bundles = folder.resolve("bundles");
    Ended train =
        nightglass(
            "train",
            "--survey",
            "tiny",
            "--output",
            bundles.toString(),
            "--pool",
            "200",
            "--held-back",
            "100",
            "--classifier-steps",
            "20",
            "--redshift-steps",
            "15",
            "--quasar-steps",
            "15",
            "--star-steps",
            "15",
            "--members",
            "2");
    assertThat(train.exitCode()).as(train.output()).isZero();
    assertThat(train.output()).contains("tiny/1 is in").contains("simulated.GALAXY.nmad");
    String bundle = bundles.resolve("tiny").resolve("1").toString();
    Ended demo = nightglass("demo", "--once", "--spectra", "50", "--bundle", bundle);
    assertThat(demo.exitCode()).as(demo.output()).isZero();
    assertThat(demo.output()).contains("50 events in = 50 results + 0 rejects");
  }

  @Test
  void shouldNotStartWithSettingsThatCannotWork() throws Exception {
    Ended demo =
        nightglass("demo", "--once", "-D", "batch.max.size=100000", "-D", "batch.lingr.ms=1");
    assertThat(demo.exitCode()).as(demo.output()).isEqualTo(2);
    assertThat(demo.output()).contains("batch.max.size").contains("did you mean batch.linger.ms?");
  }
}

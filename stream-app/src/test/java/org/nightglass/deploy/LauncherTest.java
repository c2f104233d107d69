package org.nightglass.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code nightglass}, with a Java and a Maven that only say how they were called. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class LauncherTest {
  private static final Path SCRIPT =
      Path.of(System.getProperty("basedir", ""), "..", "nightglass").normalize();

  @TempDir Path temporary;
  private Path root;
  private Path javaHome;
  private Path builds;

  private record Run(int exitCode, List<String> output) {}

  @BeforeEach
  void makeACheckout() throws IOException {
    root = Files.createDirectories(temporary.resolve("a night's work"));
    Files.copy(SCRIPT, root.resolve("nightglass"));
    makeExecutable(root.resolve("nightglass"));
    javaHome = temporary.resolve("java home");
    builds = temporary.resolve("builds");
    fakeJava("17.0.15");
  }

  @Test
  void shouldRunADistributionFromAnywhereThroughALink() throws Exception {
    Files.createDirectories(root.resolve("lib"));
    Path link = temporary.resolve("bin/ng");
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of("../a night's work/nightglass"));

    Run run = run(Map.of(), link.toString(), "classify", "two words", "*");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    String home = root.toRealPath().toString();
    assertThat(run.output())
        .containsSubsequence(
            "[-Xmx512m]",
            "[-XX:+UseParallelGC]",
            "[-Dnightglass.home=" + home + "]",
            "[-Dorg.bytedeco.javacpp.cachedir=" + temporary.resolve("cache/javacpp") + "]",
            "[-cp]",
            "[" + home + "/lib/*]",
            "[org.nightglass.cli.Nightglass]",
            "[classify]",
            "[two words]",
            "[*]",
            "oneDNN=1 log=2");
    assertThat(builds).doesNotExist();
  }

  @Test
  void shouldLetTheUserHaveTheLastWordOnOptionsAndEnvironment() throws Exception {
    Files.createDirectories(root.resolve("lib"));

    Run run =
        run(
            Map.of("NIGHTGLASS_JAVA_OPTS", "-Xmx2g -Da=b", "TF_ENABLE_ONEDNN_OPTS", "0"),
            root.resolve("nightglass").toString());

    assertThat(run.output()).containsSubsequence("[-Xmx512m]", "[-Xmx2g]", "[-Da=b]");
    assertThat(run.output()).contains("oneDNN=0 log=2");
  }

  @Test
  void shouldNotAskForASecondCollectorBesideTheUsers() throws Exception {
    Files.createDirectories(root.resolve("lib"));

    Run run =
        run(
            Map.of("NIGHTGLASS_JAVA_OPTS", "-XX:+UseSerialGC"),
            root.resolve("nightglass").toString());

    assertThat(run.output()).contains("[-XX:+UseSerialGC]").doesNotContain("[-XX:+UseParallelGC]");
  }

  @Test
  void shouldBuildOnceAndAgainWhenASourceIsNewer() throws Exception {
    makeSources();
    String script = root.resolve("nightglass").toString();

    Run first = run(Map.of(), script);
    assertThat(first.exitCode()).as(first.toString()).isZero();
    assertThat(first.output()).anyMatch(line -> line.contains("several hundred MB"));
    assertThat(builds()).isEqualTo(1);

    Run second = run(Map.of(), script);
    assertThat(second.output()).noneMatch(line -> line.startsWith("nightglass:"));
    assertThat(builds()).isEqualTo(1);

    Path source = root.resolve("schemas/src/main/avro/Spectrum.avsc");
    makeNewer(source);
    Run third = run(Map.of(), script);
    assertThat(third.output()).anyMatch(line -> line.contains("Spectrum.avsc has changed"));
    assertThat(builds()).isEqualTo(2);
  }

  @Test
  void shouldNotBuildForATestOrForWhatABuildLeaves() throws Exception {
    makeSources();
    run(Map.of(), root.resolve("nightglass").toString());

    makeNewer(write(root.resolve("models/src/test/java/SomeTest.java")));
    makeNewer(write(root.resolve("models/target/generated/src/main/Some.java")));
    Run run = run(Map.of(), root.resolve("nightglass").toString());

    assertThat(run.exitCode()).as(run.toString()).isZero();
    assertThat(builds()).isEqualTo(1);
  }

  @Test
  void shouldBuildTheBenchmarkOnlyWhenItIsAskedFor() throws Exception {
    makeSources();
    write(root.resolve("benchmarks/pom.xml"));
    String script = root.resolve("nightglass").toString();
    run(Map.of(), script, "demo");

    Run run = run(Map.of(), script, "bench", "--short");

    assertThat(run.exitCode()).as(run.toString()).isZero();
    String real = root.toRealPath().toString();
    assertThat(run.output())
        .containsSubsequence(
            "[" + real + "/stream-app/target/dist/lib/*:" + real + "/benchmarks/target/lib/*]",
            "[org.nightglass.bench.BenchCommand]",
            "[bench]",
            "[--short]");
    assertThat(Files.readAllLines(builds).get(0))
        .contains("-pl stream-app")
        .doesNotContain("bench");
    assertThat(Files.readAllLines(builds).get(1)).contains("-Pbench -pl benchmarks");
  }

  @Test
  void shouldStopWhenTheBuildFails() throws Exception {
    makeSources();
    write(root.resolve("mvnw"), "#!/bin/sh\necho 'no such symbol'\nexit 1\n");

    Run run = run(Map.of(), root.resolve("nightglass").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output())
        .contains("no such symbol", "nightglass: the build has failed; its errors are above")
        .noneMatch(line -> line.contains("org.nightglass.cli"));
  }

  @Test
  void shouldRefuseAnOldJavaByItsVersion() throws Exception {
    Files.createDirectories(root.resolve("lib"));
    for (String old : List.of("1.8.0_402", "11.0.2")) {
      fakeJava(old);

      Run run = run(Map.of(), root.resolve("nightglass").toString());

      assertThat(run.exitCode()).isEqualTo(1);
      assertThat(run.output()).singleElement().asString().contains("is Java " + old, "needs 17");
    }
  }

  @Test
  void shouldSayWhenThereIsNothingToRun() throws Exception {
    Run run = run(Map.of(), root.resolve("nightglass").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).singleElement().asString().contains("there is no", "/lib");
  }

  private void makeSources() throws IOException {
    for (String file :
        List.of(
            "pom.xml",
            "schemas/src/main/avro/Spectrum.avsc",
            "models/pom.xml",
            "stream-app/src/main/java/App.java")) {
      write(root.resolve(file));
    }
    write(
        root.resolve("mvnw"),
        "#!/bin/sh\necho \"$@\" >> '"
            + builds
            + "'\nrm -rf stream-app/target/dist/lib\nmkdir -p stream-app/target/dist/lib\n"
            + "case $* in *benchmarks*) mkdir -p benchmarks/target/lib ;; esac\n");
  }

  private long builds() throws IOException {
    return Files.readAllLines(builds).size();
  }

  private void fakeJava(String version) throws IOException {
    write(
        javaHome.resolve("bin/java"),
        """
        #!/bin/sh
        if [ "$1" = -version ]; then
          echo 'openjdk version "%s" 2025-04-15' >&2
          exit
        fi
        printf '[%%s]\\n' "$@"
        echo "oneDNN=$TF_ENABLE_ONEDNN_OPTS log=$TF_CPP_MIN_LOG_LEVEL"
        """
            .formatted(version));
  }

  private Run run(Map<String, String> environment, String... command) throws Exception {
    Path output = temporary.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    List.of("NIGHTGLASS_JAVA_OPTS", "TF_ENABLE_ONEDNN_OPTS", "TF_CPP_MIN_LOG_LEVEL")
        .forEach(builder.environment()::remove);
    builder.environment().put("JAVA_HOME", javaHome.toString());
    builder.environment().put("NIGHTGLASS_CACHE", temporary.resolve("cache").toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
    return new Run(process.exitValue(), new ArrayList<>(Files.readAllLines(output)));
  }

  private static Path write(Path file) throws IOException {
    return write(file, "");
  }

  private static Path write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    makeExecutable(file);
    // Older than any build that follows.
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    return file;
  }

  private static void makeNewer(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(1)));
  }

  private static void makeExecutable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}

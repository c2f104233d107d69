package org.nightglass.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of its own, most often another {@code nightglass} command as the launcher starts it.
 */
final class Child implements AutoCloseable {
  /** The launcher's. */
  private static final List<String> OPTIONS = List.of("-Xmx512m", "-XX:+UseParallelGC");

  private static final Duration START_WITHIN = Duration.ofSeconds(120);
  private static final Duration STOP_WITHIN = Duration.ofSeconds(90);

  private final Process process;
  private final Path output;

  private Child(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts a {@code nightglass} command.
   *
   * @param output where what it prints goes
   */
  static Child start(Path output, String... command) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(OPTIONS);
    for (String property : List.of("nightglass.home", "org.bytedeco.javacpp.cachedir")) {
      String value = System.getProperty(property);
      if (value != null) {
        line.add("-D" + property + "=" + value);
      }
    }
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add("org.nightglass.cli.Nightglass");
    line.addAll(List.of(command));
    return startOther(output, line);
  }

  /**
   * Starts anything.
   *
   * @param output where what it prints goes
   * @param command program and arguments
   */
  static Child startOther(Path output, List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      // Whoever stops the benchmark stops what it has started.
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      return new Child(process, output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The process and those that it has started. */
  List<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
  }

  /**
   * Waits for a line of its output that says something.
   *
   * @param meaning null of a line that does not
   */
  <T> T await(Function<String, @Nullable T> meaning) throws InterruptedException {
    long began = System.nanoTime();
    while (System.nanoTime() - began < START_WITHIN.toNanos()) {
      for (String line : lines()) {
        T value = meaning.apply(line);
        if (value != null) {
          return value;
        }
      }
      if (!process.isAlive()) {
        break;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException(
        "%s; it said:%n%s"
            .formatted(
                process.isAlive() ? "a process does not get ready" : "a process has ended",
                String.join(System.lineSeparator(), lines())));
  }

  /**
   * Does nothing as long as it runs.
   *
   * @throws IllegalStateException with what it said, if it has ended
   */
  void requireAlive() {
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "a process has ended; it said:%n%s"
              .formatted(String.join(System.lineSeparator(), lines())));
    }
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The most memory that it has had at any time, in MB; empty where the system does not say. */
  Optional<Double> peakMegabytes() {
    try (Stream<String> status = Files.lines(Path.of("/proc/" + process.pid() + "/status"))) {
      return status
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}

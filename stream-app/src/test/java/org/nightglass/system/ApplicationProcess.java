package org.nightglass.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * {@code nightglass run} in a JVM of its own, by the launcher, as it runs on a mountain.
 *
 * <p>Killed on close, if it still lives.
 */
final class ApplicationProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private ApplicationProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts it.
   *
   * @param bootstrapServers of the broker
   * @param registry of the schemas
   * @param state its own folder; kept for the next start, as on a machine that comes back
   * @param name of its log file, in the folder above {@code state}
   * @param more further options of {@code run}
   */
  static ApplicationProcess start(
      String bootstrapServers, String registry, Path state, String name, List<String> more)
      throws IOException {
    return start(bootstrapServers, registry, state, name, more, Map.of());
  }

  /**
   * Starts it.
   *
   * @param environment what the launcher reads beside its options
   */
  static ApplicationProcess start(
      String bootstrapServers,
      String registry,
      Path state,
      String name,
      List<String> more,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher().toString()));
    command.addAll(
        List.of(
            "run",
            "--bootstrap-servers",
            bootstrapServers,
            "--registry",
            registry,
            "--state-dir",
            state.toString(),
            "--set=http.port=0"));
    command.addAll(more);
    Path log = state.resolveSibling(name + ".log");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new ApplicationProcess(process, log);
  }

  /** The launcher: it replaces itself by the JVM, so that its process is the application's. */
  static Path launcher() {
    return Path.of("..", "nightglass").toAbsolutePath().normalize();
  }

  long pid() {
    return process.pid();
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Whether it has said that it is ready. */
  boolean ready() throws IOException {
    return log().contains("Ready: ");
  }

  /** All that it has written, earlier runs with the same log included. */
  String log() throws IOException {
    return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
  }

  /** kill -9: no shutdown hook, no flush, nothing. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " survived kill -9");
    }
  }

  /** SIGTERM: a clean stop. */
  int stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(90, TimeUnit.SECONDS)) {
      throw new IllegalStateException("process " + process.pid() + " does not stop");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

package org.nightglass.embedded;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Python environment with what {@code deploy/clients/python/requirements.txt} asks for, made
 * under {@code target/python-venv} and used again until that file changes.
 *
 * <p>Where there is no Python, or the packages cannot be fetched, the calling test is skipped; with
 * the system property {@code nightglass.require.python=true} it fails instead.
 */
public final class PythonVenv {
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(5);

  private final Path python;
  private final Path scripts;

  private PythonVenv(Path python, Path scripts) {
    this.python = python;
    this.scripts = scripts;
  }

  /**
   * What a script did.
   *
   * @param exitCode its exit status
   * @param stdout its standard output
   * @param stderr its standard error
   */
  public record Result(int exitCode, String stdout, String stderr) {}

  /** The environment, made if it is not there; skips or fails the test if it cannot be. */
  public static PythonVenv open() throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return open(
        "python-venv", module.resolveSibling("deploy").resolve("clients").resolve("python"));
  }

  /**
   * Another environment, likewise.
   *
   * @param name of its folder under {@code target}
   * @param scripts folder of its scripts, with a {@code requirements.txt}
   */
  public static PythonVenv open(String name, Path scripts) throws IOException {
    Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    Path directory = module.resolve("target").resolve(name);
    Path python = directory.resolve("bin").resolve("python");
    Path wanted = scripts.resolve("requirements.txt");
    Path installed = directory.resolve("installed-requirements.txt");
    if (!Files.exists(installed) || Files.mismatch(wanted, installed) >= 0) {
      need(List.of("python3", "-m", "venv", "--clear", directory.toString()));
      need(
          List.of(
              python.toString(),
              "-m",
              "pip",
              "install",
              "--quiet",
              "--disable-pip-version-check",
              "-r",
              wanted.toString()));
      Files.copy(wanted, installed, StandardCopyOption.REPLACE_EXISTING);
    }
    return new PythonVenv(python, scripts);
  }

  /**
   * Runs a script of {@code deploy/clients/python}.
   *
   * @param script its file name
   * @param limit after which it is killed and the test fails
   * @param arguments its arguments
   */
  public Result run(String script, Duration limit, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python.toString());
    command.add(scripts.resolve(script).toString());
    command.addAll(List.of(arguments));
    return run(command, limit);
  }

  /**
   * Runs a module of the environment, as {@code python -m} does.
   *
   * @param limit after which it is killed and the test fails
   */
  public Result module(String module, Duration limit, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(python.toString(), "-m", module));
    command.addAll(List.of(arguments));
    return run(command, limit);
  }

  private static void need(List<String> command) {
    String problem;
    try {
      Result result = run(command, INSTALL_LIMIT);
      if (result.exitCode() == 0) {
        return;
      }
      problem = "status " + result.exitCode() + ": " + result.stdout() + result.stderr();
    } catch (IOException e) {
      problem = e.toString();
    }
    String message = String.join(" ", command) + " did not work: " + problem;
    if (Boolean.getBoolean("nightglass.require.python")) {
      fail(message);
    }
    abort(message);
  }

  private static Result run(List<String> command, Duration limit) throws IOException {
    // Into files: a pipe that nobody reads would stop a script that says much.
    Path stdout = Files.createTempFile("python", ".out");
    Path stderr = Files.createTempFile("python", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(stdout.toFile())
              .redirectError(stderr.toFile())
              .start();
      process.getOutputStream().close();
      boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      Result result = new Result(process.exitValue(), read(stdout), read(stderr));
      if (!ended) {
        fail(command + " did not end within " + limit.toSeconds() + " s: " + result);
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while running " + command, e);
    } finally {
      Files.deleteIfExists(stdout);
      Files.deleteIfExists(stderr);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}

package org.nightglass.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real schema registry, Apicurio, in a process of its own, on loopback only. Speaks the Confluent
 * API at {@link #url()}.
 *
 * <p>A process and not this JVM, because its libraries are other versions of ours. It ends when
 * this one has ended, however that came about; so there is no shutdown hook, which would end it
 * while other hooks still need it.
 *
 * <p>Thread-safe. Whoever starts a registry closes it.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
  private static final Duration CLEAN_EXIT_LIMIT = Duration.ofSeconds(10);
  private static final int TAIL_LINES = 40;

  private final Process process;
  private final int port;
  private final Path log;
  private final DataDirectory data;
  private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRegistry(Process process, int port, Path log, DataDirectory data) {
    this.process = process;
    this.port = port;
    this.log = log;
    this.data = data;
  }

  /**
   * Starts a registry on a free port that forgets its schemas when it ends.
   *
   * @throws EmbeddedServiceException if it does not start
   */
  public static EmbeddedRegistry start() {
    return builder().start();
  }

  /** A registry to be configured; by default as {@link #start()} starts it. */
  public static Builder builder() {
    return new Builder();
  }

  /** The base address of the Confluent API: {@code http://127.0.0.1:port/apis/ccompat/v7}. */
  public String url() {
    return RegistryStart.url(port);
  }

  /** The port of {@link #url()}. */
  public int port() {
    return port;
  }

  /** The registry's process. */
  public long pid() {
    return process.pid();
  }

  /**
   * Completes when the registry's process has ended without being closed, with an error that shows
   * the end of its log.
   */
  public CompletableFuture<Throwable> failure() {
    return failure.copy();
  }

  /**
   * Ends the registry, within 10 seconds or a little more, and deletes its data if they were
   * temporary. A second call does nothing.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      stop(process);
      data.close();
    }
  }

  private static void stop(Process process) {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      LOG.debug("The registry's standard input was closed already", e);
    }
    try {
      if (!process.waitFor(CLEAN_EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    CompletableFuture<?> unused = process.onExit().thenAccept(this::hasEnded);
  }

  private void hasEnded(Process ended) {
    if (!closed.get()) {
      failure.complete(
          new EmbeddedServiceException(
              "The schema registry has ended with status " + ended.exitValue() + tail(log), null));
    }
  }

  /** The end of a log, for an error message. */
  private static String tail(Path log) {
    try {
      List<String> lines = Files.readString(log, StandardCharsets.UTF_8).lines().toList();
      int from = Math.max(0, lines.size() - TAIL_LINES);
      return lines.isEmpty()
          ? "; it said nothing"
          : "; it said at last:\n  " + String.join("\n  ", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "; its log " + log + " cannot be read: " + e;
    }
  }

  /** What a registry is started with. */
  public static final class Builder {
    private int port;
    private @Nullable Path dataDirectory;
    private @Nullable Path home;
    private Duration startLimit = Duration.ofMinutes(2);

    private Builder() {}

    /** The port; 0, the default, for a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * Where schemas and the log are kept; made if absent. A directory that an earlier registry has
     * left is opened with its schemas, which keep their ids. By default everything is in memory.
     */
    public Builder dataDirectory(Path directory) {
      this.dataDirectory = directory;
      return this;
    }

    /**
     * Where Apicurio's archive was unpacked. By default the system property {@code
     * nightglass.registry.home}, or {@code registry} below {@code nightglass.home}.
     */
    public Builder home(Path home) {
      this.home = home;
      return this;
    }

    /** How long to wait for the first answer; 2 minutes by default (it takes about 3 s). */
    public Builder startLimit(Duration limit) {
      this.startLimit = limit;
      return this;
    }

    /**
     * Starts the registry; when this returns, it answers.
     *
     * @throws EmbeddedServiceException if it is not where it should be, the port is taken, or it
     *     ends or does not answer in time; the message has the end of its log
     */
    public EmbeddedRegistry start() {
      Path runner = RegistryHome.runnerJar(home == null ? RegistryHome.find() : home);
      checkFree(port);
      DataDirectory data = DataDirectory.openOrTemporary(dataDirectory, "embedded registry");
      Path log = data.path().resolve("registry.log");
      RegistryCommand command =
          new RegistryCommand(
              runner,
              port,
              data.temporary() ? null : data.path().resolve("registry"),
              data.path().resolve("work"),
              log,
              data.temporary() ? data.path() : null);
      Process process = null;
      try {
        process = command.start();
        RegistryStart start = new RegistryStart(process, command.portFile(), startLimit);
        int actualPort = start.await();
        LOG.info(
            "Embedded registry ready at {} after {} ms",
            RegistryStart.url(actualPort),
            start.elapsed().toMillis());
        EmbeddedRegistry registry = new EmbeddedRegistry(process, actualPort, log, data);
        registry.watch();
        return registry;
      } catch (IOException | RuntimeException e) {
        if (process != null) {
          process.destroyForcibly();
        }
        String said = process == null ? "" : tail(log);
        data.close();
        throw new EmbeddedServiceException(
            "The schema registry did not start: " + e.getMessage() + said, e);
      }
    }

    private static void checkFree(int port) {
      try {
        LoopbackPort.open(port, "embedded registry").close();
      } catch (IOException e) {
        LOG.debug("A socket on port {} did not close", port, e);
      }
    }
  }
}

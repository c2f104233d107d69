package org.nightglass.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The main class of the registry's own process: starts Apicurio, tells which port it got, and ends
 * the process when its parent has ended.
 *
 * <p>The parent holds the other end of standard input. When it closes that end, or dies, even by
 * {@code kill -9}, the read here returns: at once, on every system, and without trusting process
 * ids that may have been given to somebody else.
 *
 * <p>Runs with nothing of Nightglass on the class path but this one class, so it uses only the JDK.
 */
final class RegistryLauncher {
  /** Apicurio's entry point, as its jar's manifest names it. */
  private static final String APICURIO_MAIN = "io.quarkus.runner.GeneratedMain";

  /** Set by Quarkus to the port it listens on, where it was asked for port 0. */
  private static final String PORT_PROPERTY = "quarkus.http.port";

  private static final long PORT_POLL_MILLIS = 20;
  private static final long CLEAN_EXIT_MILLIS = 8_000;

  private RegistryLauncher() {}

  /**
   * Runs until the registry or the parent ends.
   *
   * @param args the file to write the port to, as decimal digits; and, if nothing is to outlive the
   *     process, the directory to delete at the end
   */
  public static void main(String[] args) throws Throwable {
    // Ctrl-C reaches every process of the terminal; when this one ends is the parent's to say.
    ignoreSignal("INT");
    ignoreSignal("HUP");
    startDaemon("parent-watch", () -> exitAtEnd(System.in, args.length > 1 ? args[1] : null));
    startDaemon("port-report", () -> reportPort(Path.of(args[0])));
    try {
      Class.forName(APICURIO_MAIN)
          .getMethod("main", String[].class)
          .invoke(null, (Object) new String[0]);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  /** By reflection, because the JDK has it without promising it: without it, nothing is lost. */
  private static void ignoreSignal(String name) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(name),
              handler.getField("SIG_IGN").get(null));
    } catch (ReflectiveOperationException e) {
      System.err.println("signal " + name + " is not ignored: " + e);
    }
  }

  private static void startDaemon(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void exitAtEnd(InputStream parent, @Nullable String temporary) {
    try {
      while (parent.read() >= 0) {
        // Nothing is ever sent; only the end counts.
      }
    } catch (IOException e) {
      // A pipe that cannot be read has no parent at the other end either.
    }
    if (temporary != null) {
      delete(Path.of(temporary));
      Runtime.getRuntime().halt(0);
    }
    startDaemon(
        "exit-limit",
        () -> {
          sleep(CLEAN_EXIT_MILLIS);
          Runtime.getRuntime().halt(1);
        });
    System.exit(0);
  }

  /** Deletes what it can; the parent, if it still lives, sees to the rest. */
  private static void delete(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("cannot delete " + directory + ": " + e);
    }
  }

  private static void reportPort(Path file) {
    String port = System.getProperty(PORT_PROPERTY, "0");
    while (port.equals("0")) {
      sleep(PORT_POLL_MILLIS);
      port = System.getProperty(PORT_PROPERTY, "0");
    }
    try {
      // Moved into place, so that it is never seen half written.
      Path written = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), port);
      Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      System.err.println("cannot write the port to " + file + ": " + e);
      System.exit(1);
    }
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

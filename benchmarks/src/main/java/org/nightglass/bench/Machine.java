package org.nightglass.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.nightglass.app.Version;

/** What a record of figures must say of where they come from. */
final class Machine {
  private Machine() {}

  static Map<String, Object> describe() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("version", Version.text());
    facts.put("commit", commit());
    facts.put("processor", processor());
    facts.put("cores", Runtime.getRuntime().availableProcessors());
    facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("java", System.getProperty("java.runtime.version"));
    facts.put("onednn", String.valueOf(System.getenv("TF_ENABLE_ONEDNN_OPTS")));
    facts.put("load_average_before", load());
    return facts;
  }

  /** Of the last minute. */
  static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).trim())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  /** Of the checkout that the distribution lies in; with a + where something is not committed. */
  private static String commit() {
    String home = System.getProperty("nightglass.home", ".");
    String head = git(home, "rev-parse", "--short", "HEAD");
    return head.isEmpty()
        ? "unknown"
        : head + (git(home, "status", "--porcelain", "-uno").isEmpty() ? "" : "+");
  }

  private static String git(String directory, String... command) {
    try {
      Process process =
          new ProcessBuilder(
                  Stream.concat(Stream.of("git", "-C", directory), Stream.of(command)).toList())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String output = new String(process.getInputStream().readAllBytes()).trim();
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? output : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}

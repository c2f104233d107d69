package org.nightglass.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How long was worked in a folder, over all runs: one that was stopped and went on counts whole.
 */
final class WorkTime {
  private static final String FILE = "seconds.txt";

  private final Path file;
  private final double before;
  private final long began = System.nanoTime();

  private WorkTime(Path file, double before) {
    this.file = file;
    this.before = before;
  }

  /**
   * Begins to count.
   *
   * @throws IOException if the folder's note of earlier runs cannot be read
   */
  static WorkTime in(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.exists(file)) {
      return new WorkTime(file, 0);
    }
    String known = Files.readString(file).strip();
    try {
      return new WorkTime(file, Double.parseDouble(known));
    } catch (NumberFormatException e) {
      throw new IOException("%s should hold a number of seconds, not '%s'".formatted(file, known));
    }
  }

  /** Seconds up to now. */
  double seconds() {
    return before + (System.nanoTime() - began) / 1e9;
  }

  /** Notes them: a run that is stopped later begins with these. */
  void note() {
    try {
      Files.writeString(file, String.format(Locale.ROOT, "%.0f%n", seconds()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package org.nightglass.train;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A training's progress as CSV: step, learning rate, loss, loss on spectra apart where measured.
 */
final class TrainingLog {
  private static final String HEADER = "step,learning_rate,loss,validation_loss";

  private final @Nullable Path file;

  /**
   * @param directory null for no log
   * @param name of the file, without ending
   * @param start step that the training goes on from; what a stopped one wrote after it is taken
   *     out
   */
  TrainingLog(@Nullable Path directory, String name, long start) throws IOException {
    this.file = directory == null ? null : directory.resolve(name + ".csv");
    if (file != null && Files.exists(file)) {
      forgetAfter(file, start);
    }
  }

  private static void forgetAfter(Path file, long step) throws IOException {
    List<String> kept = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int comma = line.indexOf(',');
      String first = comma < 0 ? "" : line.substring(0, comma);
      if (first.equals("step") || (first.matches("\\d{1,18}") && Long.parseLong(first) <= step)) {
        kept.add(line);
      }
    }
    Files.write(file, kept);
  }

  /**
   * Adds a line.
   *
   * @param apart null where not measured
   */
  void write(long step, double rate, double loss, @Nullable Double apart) throws IOException {
    if (file == null) {
      return;
    }
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    boolean starts = !Files.exists(file);
    try (BufferedWriter out =
        Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      if (starts) {
        out.write(HEADER + "\n");
      }
      String measured = apart == null ? "" : String.format(Locale.ROOT, "%.6g", apart);
      out.write(String.format(Locale.ROOT, "%d,%.6g,%.6g,%s%n", step, rate, loss, measured));
    }
  }
}

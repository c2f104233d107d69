package org.nightglass.schemas.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** The schemas as files: those of today, and every version ever published. */
final class SchemaFiles {
  private static final Path CURRENT = Path.of("src/main/avro");
  private static final Path HISTORY = Path.of("src/main/avro-history");

  private SchemaFiles() {}

  static List<String> names() {
    try (Stream<Path> files = Files.list(CURRENT)) {
      return files
          .map(file -> file.getFileName().toString().replace(".avsc", ""))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> namesInHistory() {
    try (Stream<Path> folders = Files.list(HISTORY)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String currentText(String name) {
    return read(CURRENT.resolve(name + ".avsc"));
  }

  static Schema current(String name) {
    return new Schema.Parser().parse(currentText(name));
  }

  /** Texts of the published versions 1, 2, …, oldest first. */
  static List<String> historyTexts(String name) {
    return IntStream.rangeClosed(1, numberOfVersions(name))
        .mapToObj(version -> read(HISTORY.resolve(name).resolve(version + ".avsc")))
        .toList();
  }

  static List<Schema> history(String name) {
    return historyTexts(name).stream().map(text -> new Schema.Parser().parse(text)).toList();
  }

  private static int numberOfVersions(String name) {
    try (Stream<Path> files = Files.list(HISTORY.resolve(name))) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

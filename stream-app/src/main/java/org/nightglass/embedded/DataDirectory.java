package org.nightglass.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's data: a directory somebody gave, which is kept, or a temporary one, which is deleted
 * on close.
 *
 * @param path the directory; exists
 * @param temporary whether it goes on close
 */
record DataDirectory(Path path, boolean temporary) implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);

  /**
   * @param given the directory to use, made if absent; null for a temporary one
   * @param prefix the temporary directory's name begins with it
   */
  static DataDirectory openOrTemporary(@Nullable Path given, String prefix) {
    try {
      if (given == null) {
        return new DataDirectory(Files.createTempDirectory(prefix), true);
      }
      return new DataDirectory(Files.createDirectories(given).toRealPath(), false);
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          "Cannot use "
              + (given == null ? "the directory for temporary files" : given)
              + " for data: "
              + e,
          e);
    }
  }

  @Override
  public void close() {
    if (!temporary || !Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      LOG.warn("Temporary data in {} could not be deleted whole: {}", path, e.toString());
    }
  }
}

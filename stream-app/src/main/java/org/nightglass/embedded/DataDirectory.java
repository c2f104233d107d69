package org.nightglass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A service's data: a directory somebody gave, which is kept, or a temporary one, which is deleted
 * on close. One service at a time has it.
 *
 * <p>The lock is ours because the services' own come too late: a broker that is broker and
 * controller in one directory opens its metadata log, and damages the other's, before it locks.
 */
final class DataDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String LOCK = "nightglass.lock";

  private final Path path;
  private final boolean temporary;
  private final FileChannel lock;

  private DataDirectory(Path path, boolean temporary, FileChannel lock) {
    this.path = path;
    this.temporary = temporary;
    this.lock = lock;
  }

  /**
   * Opens and locks a directory.
   *
   * @param given the directory to use, made if absent; null for a temporary one
   * @param user who wants it, for the message
   * @throws EmbeddedServiceException if it cannot be made, or another service has it
   */
  static DataDirectory openOrTemporary(@Nullable Path given, String user) {
    try {
      Path path =
          given == null
              ? Files.createTempDirectory("nightglass-")
              : Files.createDirectories(given).toRealPath();
      return new DataDirectory(path, given == null, lock(path, user));
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          user
              + ": cannot keep data in "
              + (given == null ? "the directory for temporary files" : given)
              + ": "
              + e,
          e);
    }
  }

  private static FileChannel lock(Path directory, String user) throws IOException {
    FileChannel channel =
        FileChannel.open(
            directory.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException e) {
      LOG.debug("{} is locked by this JVM", directory, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new EmbeddedServiceException(
        user + ": the data in " + directory + " are in use by another broker or registry", null);
  }

  Path path() {
    return path;
  }

  boolean temporary() {
    return temporary;
  }

  /** Gives the directory free; a second call does nothing. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      LOG.warn("The lock on {} could not be given back: {}", path, e.toString());
    }
    if (temporary && Files.exists(path)) {
      delete();
    }
  }

  private void delete() {
    try (Stream<Path> files = Files.walk(path)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      LOG.warn("Temporary data in {} could not be deleted whole: {}", path, e.toString());
    }
  }
}

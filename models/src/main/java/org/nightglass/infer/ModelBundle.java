package org.nightglass.infer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A model bundle on disk whose card was read and whose every file has the checksum that the card
 * states.
 */
public final class ModelBundle {
  private final Path directory;
  private final ModelCard card;

  private ModelBundle(Path directory, ModelCard card) {
    this.directory = directory;
    this.card = card;
  }

  /**
   * Reads and verifies a bundle.
   *
   * @param directory the folder that holds {@code card.json}
   * @throws ModelException with every fault of the card, or every file that is missing, extra or
   *     altered
   */
  public static ModelBundle open(Path directory) {
    ModelCard card = ModelCards.read(directory.resolve(ModelCards.FILE));
    SortedMap<String, String> found;
    try {
      found = checksums(directory);
    } catch (IOException e) {
      throw new ModelException("bundle %s cannot be read: %s".formatted(directory, e), e);
    }
    List<String> faults = differences(card, found);
    if (!faults.isEmpty()) {
      throw new ModelException(
          "bundle %s is not what its card says:%n  %s"
              .formatted(directory, String.join(System.lineSeparator() + "  ", faults)));
    }
    return new ModelBundle(directory, card);
  }

  /**
   * SHA-256 of every file under a folder but the card, by path relative to it, with slashes: what
   * belongs in the card's {@code sha256}.
   *
   * @throws IOException if a file cannot be read, or is no plain file
   */
  public static SortedMap<String, String> checksums(Path directory) throws IOException {
    SortedMap<String, String> checksums = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file :
          files.filter(f -> !Files.isDirectory(f, LinkOption.NOFOLLOW_LINKS)).toList()) {
        String path = directory.relativize(file).toString().replace('\\', '/');
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new IOException(path + " is a link or no plain file");
        }
        if (!path.equals(ModelCards.FILE)) {
          checksums.put(path, sha256(file));
        }
      }
    }
    return checksums;
  }

  private static List<String> differences(ModelCard card, SortedMap<String, String> found) {
    List<String> faults = new ArrayList<>();
    SortedSet<String> paths = new TreeSet<>(found.keySet());
    paths.addAll(card.sha256().keySet());
    for (String path : paths) {
      String stated = card.sha256().get(path);
      String actual = found.get(path);
      if (actual == null) {
        faults.add("%s is missing; the card has SHA-256 %s".formatted(path, stated));
      } else if (stated == null) {
        faults.add("%s (SHA-256 %s) is not in the card".formatted(path, actual));
      } else if (!actual.equals(stated)) {
        faults.add("%s has SHA-256 %s, the card says %s".formatted(path, actual, stated));
      }
    }
    return faults;
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * The same, run with other batch sizes.
   *
   * @param sizes rising, at least one
   */
  public ModelBundle withBatchSizes(List<Integer> sizes) {
    return new ModelBundle(directory, card.withBatchSizes(sizes));
  }

  /** The folder that holds {@code card.json}. */
  public Path directory() {
    return directory;
  }

  public ModelCard card() {
    return card;
  }
}

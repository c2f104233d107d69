package org.nightglass.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.nightglass.infer.ModelCard;

/** Writes a bundle's card, with the checksum of every other file beside it. */
final class BundleWriter {
  static final String CARD = "card.json";

  private BundleWriter() {}

  /**
   * @param directory the bundle's, with all SavedModels in place
   * @param card its {@code sha256} is filled in here
   * @return the card as written
   */
  static ModelCard write(Path directory, ModelCard card) throws IOException {
    Map<String, String> sums = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(directory)) {
      List<Path> files =
          paths
              .filter(Files::isRegularFile)
              .filter(path -> !path.equals(directory.resolve(CARD)))
              .sorted()
              .toList();
      for (Path file : files) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        sums.put(name, sha256(Files.readAllBytes(file)));
      }
    }
    ModelCard summed =
        new ModelCard(
            card.name(),
            card.version(),
            card.description(),
            card.grid(),
            card.batchSizes(),
            card.classifier(),
            card.redshifts(),
            card.acceptance(),
            card.provenance(),
            card.metrics(),
            sums);
    ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(directory.resolve(CARD), mapper.writeValueAsString(summed) + "\n");
    return summed;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

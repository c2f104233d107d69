package org.nightglass.infer;

import java.nio.file.Path;

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
    throw new UnsupportedOperationException(directory.toString());
  }

  /** The folder that holds {@code card.json}. */
  public Path directory() {
    return directory;
  }

  public ModelCard card() {
    return card;
  }
}

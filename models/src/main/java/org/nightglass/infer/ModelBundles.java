package org.nightglass.infer;

import java.nio.file.Path;
import java.util.List;

/** Finds bundles by name. */
public final class ModelBundles {
  private ModelBundles() {}

  /**
   * @param nameOrPath {@code name} (its newest version), {@code name/version}, or a folder that
   *     holds {@code card.json}
   * @param roots folders of bundles, each with {@code <name>/<version>/card.json}; the first that
   *     has the name wins
   * @throws ModelException if there is none, listing those there are
   */
  public static ModelBundle find(String nameOrPath, List<Path> roots) {
    throw new UnsupportedOperationException(nameOrPath + roots);
  }
}

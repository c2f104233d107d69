package org.nightglass.infer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds bundles by name. */
public final class ModelBundles {
  private static final Pattern NUMBER_OR_TEXT = Pattern.compile("(\\d+)|([^\\d.]+)");

  private ModelBundles() {}

  /**
   * Finds and opens a bundle.
   *
   * <p>Versions are compared part by part, numbers as numbers: 10 is newer than 9, 1.2 newer than
   * 1.1.
   *
   * @param nameOrPath {@code name} (its newest version), {@code name/version}, or a folder that
   *     holds {@code card.json}
   * @param roots folders of bundles, each with {@code <name>/<version>/card.json}; the first that
   *     has the name wins
   * @throws ModelException if there is none, listing those there are, or if its card is faulty
   */
  public static ModelBundle find(String nameOrPath, List<Path> roots) {
    if (Files.isRegularFile(Path.of(nameOrPath, ModelCards.FILE))) {
      return ModelBundle.open(Path.of(nameOrPath));
    }
    for (Path root : roots) {
      List<Path> versions = new ArrayList<>();
      for (Path bundle : bundles(root)) {
        String id = id(root, bundle);
        if (id.equals(nameOrPath)) {
          return openNamed(root, bundle);
        }
        if (id.startsWith(nameOrPath + "/")) {
          versions.add(bundle);
        }
      }
      if (!versions.isEmpty()) {
        versions.sort(
            Comparator.comparing(
                path -> path.getFileName().toString(), ModelBundles::compareVersions));
        return openNamed(root, versions.get(versions.size() - 1));
      }
    }
    throw new ModelException(
        "no bundle '%s': it is no folder with a %s, and there are %s"
            .formatted(nameOrPath, ModelCards.FILE, listing(roots)));
  }

  private static ModelBundle openNamed(Path root, Path directory) {
    ModelBundle bundle = ModelBundle.open(directory);
    String stated = bundle.card().name() + "/" + bundle.card().version();
    if (!stated.equals(id(root, directory))) {
      throw new ModelException("the card of %s says it is %s".formatted(directory, stated));
    }
    return bundle;
  }

  private static String listing(List<Path> roots) {
    List<String> found = new ArrayList<>();
    for (Path root : roots) {
      List<String> ids = bundles(root).stream().map(bundle -> id(root, bundle)).sorted().toList();
      found.add((ids.isEmpty() ? "none" : String.join(", ", ids)) + " in " + root);
    }
    return found.isEmpty() ? "no folders of bundles to look in" : String.join("; ", found);
  }

  private static String id(Path root, Path bundle) {
    return root.relativize(bundle).toString().replace('\\', '/');
  }

  private static List<Path> bundles(Path root) {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(root, 2)) {
      return paths
          .filter(path -> root.relativize(path).getNameCount() == 2)
          .filter(path -> Files.isRegularFile(path.resolve(ModelCards.FILE)))
          .toList();
    } catch (IOException e) {
      throw new ModelException("folder of bundles %s cannot be read: %s".formatted(root, e), e);
    }
  }

  static int compareVersions(String a, String b) {
    Matcher left = NUMBER_OR_TEXT.matcher(a);
    Matcher right = NUMBER_OR_TEXT.matcher(b);
    while (true) {
      boolean more = left.find();
      if (more != right.find()) {
        return more ? 1 : -1;
      }
      if (!more) {
        return a.compareTo(b);
      }
      int order = comparePart(left, right);
      if (order != 0) {
        return order;
      }
    }
  }

  private static int comparePart(Matcher left, Matcher right) {
    boolean leftNumber = left.group(1) != null;
    if (leftNumber != (right.group(1) != null)) {
      return leftNumber ? 1 : -1;
    }
    return leftNumber
        ? new java.math.BigInteger(left.group(1))
            .compareTo(new java.math.BigInteger(right.group(1)))
        : left.group(2).compareTo(right.group(2));
  }
}

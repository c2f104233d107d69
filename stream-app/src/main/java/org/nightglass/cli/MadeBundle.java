package org.nightglass.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import org.nightglass.infer.ModelCard;

/** Tells of a bundle that was just made: where it is, and how good it was found to be. */
final class MadeBundle {
  private MadeBundle() {}

  static void tell(ModelCard card, Path bundles, PrintWriter out) {
    out.printf(
        "%s/%s is in %s%n",
        card.name(), card.version(), bundles.resolve(card.name()).resolve(card.version()));
    new TreeMap<>(card.metrics())
        .forEach((name, value) -> out.printf("  %-48s %12.5g%n", name, value));
  }
}

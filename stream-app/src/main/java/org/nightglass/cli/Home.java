package org.nightglass.cli;

import java.nio.file.Path;

/**
 * Where Nightglass is installed: the launcher says so in the system property {@code
 * nightglass.home}.
 */
final class Home {
  private Home() {}

  static Path directory() {
    String home = System.getProperty("nightglass.home");
    if (home == null) {
      throw new CommandFailedException(
          "the system property nightglass.home is not set: start with ./nightglass, or name the"
              + " distribution's folder with -Dnightglass.home=");
    }
    return Path.of(home);
  }

  /** The bundles that come with Nightglass. */
  static Path bundles() {
    return directory().resolve("bundles");
  }
}

package org.nightglass;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Real spectra for tests: where the system property {@code nightglass.data} says, or at {@code
 * ../shared/data} beside the repository. They are no part of it, and tests that want them are
 * skipped without.
 */
public final class SharedData {
  private SharedData() {}

  /** A folder of the shared data; skips the test if it is not there. */
  public static Path folder(String name) {
    String stated = System.getProperty("nightglass.data", "");
    Path root = stated.isBlank() ? Path.of("..", "..", "shared", "data") : Path.of(stated);
    Path folder = root.resolve(name).toAbsolutePath().normalize();
    Assumptions.assumeTrue(Files.isDirectory(folder), () -> "no folder " + folder);
    return folder;
  }
}

package org.nightglass.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Finds the unpacked Apicurio distribution. */
final class RegistryHome {
  /** System property: the directory that Apicurio's archive was unpacked into. */
  static final String REGISTRY_HOME = "nightglass.registry.home";

  /** System property: the distribution, which has the registry in {@code registry/}. */
  static final String NIGHTGLASS_HOME = "nightglass.home";

  private static final String RUNNER = "apicurio-registry-app-*-runner.jar";

  private RegistryHome() {}

  /**
   * The directory that the system properties name.
   *
   * @throws EmbeddedServiceException if neither is set
   */
  static Path find() {
    String registry = System.getProperty(REGISTRY_HOME);
    if (registry != null) {
      return Path.of(registry);
    }
    String home = System.getProperty(NIGHTGLASS_HOME);
    if (home != null) {
      return Path.of(home, "registry");
    }
    throw new EmbeddedServiceException(
        "Where is the schema registry? Set the system property "
            + NIGHTGLASS_HOME
            + " to the distribution (stream-app/target/dist after the build) or "
            + REGISTRY_HOME
            + " to an unpacked Apicurio archive",
        null);
  }

  /**
   * The jar that starts Apicurio.
   *
   * @throws EmbeddedServiceException if the directory has none, or more than one
   */
  static Path runnerJar(Path home) {
    List<Path> jars = List.of();
    if (Files.isDirectory(home)) {
      try (var found = Files.newDirectoryStream(home, RUNNER);
          Stream<Path> all = java.util.stream.StreamSupport.stream(found.spliterator(), false)) {
        jars = all.toList();
      } catch (IOException e) {
        throw new EmbeddedServiceException("Cannot read " + home + ": " + e, e);
      }
    }
    if (jars.size() != 1) {
      throw new EmbeddedServiceException(
          "Expected one "
              + RUNNER
              + " in "
              + home.toAbsolutePath()
              + " but found "
              + jars.size()
              + "; the build puts it there (./mvnw clean package)",
          null);
    }
    return jars.get(0);
  }
}

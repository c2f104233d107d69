package org.nightglass.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this build, from {@code nightglass-version.properties}, which the build fills in.
 */
public final class Version {
  private Version() {}

  /** For instance {@code 0.1.0-SNAPSHOT}. */
  public static String text() {
    try (InputStream in = Version.class.getResourceAsStream("/nightglass-version.properties")) {
      Properties properties = new Properties();
      if (in != null) {
        properties.load(in);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

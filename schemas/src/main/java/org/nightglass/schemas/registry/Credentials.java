package org.nightglass.schemas.registry;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The {@code Authorization} header. */
final class Credentials {
  private Credentials() {}

  /** Basic authentication (RFC 7617) for {@code user:password}. */
  static String basic(String userInfo) {
    return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
  }
}

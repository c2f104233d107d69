package org.nightglass.serve;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The word that whoever writes must know.
 *
 * @param word the token
 * @param generated whether it was made up at start, for this run only
 */
record Token(String word, boolean generated) {
  private static final String SCHEME = "bearer ";
  private static final int RANDOM_BYTES = 18;

  /** The configured token, or where that is empty a random one. */
  static Token of(String configured) {
    if (!configured.isEmpty()) {
      return new Token(configured, false);
    }
    byte[] random = new byte[RANDOM_BYTES];
    new SecureRandom().nextBytes(random);
    return new Token(Base64.getUrlEncoder().withoutPadding().encodeToString(random), true);
  }

  /**
   * @throws Problem where a request does not carry the token
   */
  void demand(Context context) {
    String header = context.header("Authorization");
    boolean bearer = header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    String given = bearer && header != null ? header.substring(SCHEME.length()).strip() : "";
    boolean right =
        MessageDigest.isEqual(
            given.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    if (!right) {
      context.header("WWW-Authenticate", "Bearer realm=\"nightglass\"");
      throw new Problem(
          401,
          "token",
          "Unauthorized",
          (bearer ? "the token is not the right one" : "no token is given")
              + "; send 'Authorization: Bearer TOKEN' with that of setting http.token, or the one"
              + " printed at start",
          List.of());
    }
  }

  @Override
  public String toString() {
    return "Token[…]"; // never in a log
  }
}

package org.nightglass.embedded;

import org.jspecify.annotations.Nullable;

/** The embedded broker or registry could not be started, or has failed; the message says why. */
public final class EmbeddedServiceException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what failed, with the value and where it came from
   * @param cause what was behind it, if anything
   */
  public EmbeddedServiceException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

package org.nightglass.schemas.registry;

import org.jspecify.annotations.Nullable;

/** A call of the schema registry that failed. The three kinds ask for different answers. */
public abstract sealed class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RegistryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The registry answered, and does not know the schema, subject or version: permanent. */
  public static final class NotFound extends RegistryException {
    private static final long serialVersionUID = 1L;

    NotFound(String message) {
      super(message, null);
    }
  }

  /**
   * The registry, or what answered in its place, refused: credentials, an incompatible or invalid
   * schema, a wrong address. Permanent until a person changes something; says nothing of the record
   * in hand.
   */
  public static final class Refused extends RegistryException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(String message, int status) {
      super(message, null);
      this.status = status;
    }

    Refused(String message, int status, Throwable cause) {
      super(message, cause);
      this.status = status;
    }

    /** The HTTP status, for instance 401 (credentials) or 409 (incompatible). */
    public int status() {
      return status;
    }
  }

  /** No registry could be reached, or all were failing or too busy, after every retry. */
  public static final class Unavailable extends RegistryException {
    private static final long serialVersionUID = 1L;

    Unavailable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }
}

package org.nightglass.evaluate;

/** A catalogue that cannot be used; the message says what and where. */
public final class CatalogueException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public CatalogueException(String message) {
    super(message);
  }

  public CatalogueException(String message, Throwable cause) {
    super(message, cause);
  }
}

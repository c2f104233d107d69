package org.nightglass.infer;

/** A model that is broken or cannot run. Stops the application rather than rejecting the night. */
public class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ModelException(String message) {
    super(message);
  }

  public ModelException(String message, Throwable cause) {
    super(message, cause);
  }
}

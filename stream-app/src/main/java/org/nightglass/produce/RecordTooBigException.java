package org.nightglass.produce;

/** An event that the topic would not take. Said before it is sent. */
public final class RecordTooBigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RecordTooBigException(String message) {
    super(message);
  }
}

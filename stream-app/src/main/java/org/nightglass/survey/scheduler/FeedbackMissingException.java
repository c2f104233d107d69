package org.nightglass.survey.scheduler;

/** An exposure was not heard of again in time. */
public final class FeedbackMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FeedbackMissingException(String message) {
    super(message);
  }
}

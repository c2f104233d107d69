package org.nightglass.report;

/** A report that cannot be made, said in words that need no stack trace. */
public final class ReportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ReportException(String message) {
    super(message);
  }
}

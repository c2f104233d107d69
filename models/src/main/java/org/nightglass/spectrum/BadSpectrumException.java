package org.nightglass.spectrum;

/**
 * A spectrum that cannot be processed, through a fault of its own. It ends among the rejects with
 * the reason and the message; nothing else suffers.
 */
public final class BadSpectrumException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  /**
   * @param reason what is wrong, for counting
   * @param message what is wrong, for reading: the value, the limit, and the arm and pixel where it
   *     stands
   */
  public BadSpectrumException(RejectReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public RejectReason reason() {
    return reason;
  }
}

package org.nightglass.spectrum;

import org.jspecify.annotations.Nullable;

/**
 * A spectrum that cannot be processed, through a fault of its own. It ends among the rejects with
 * the reason and the message; nothing else suffers.
 */
public final class BadSpectrumException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;

  @SuppressWarnings("serial") // never serialised
  private final @Nullable Observation observation;

  /**
   * @param reason what is wrong, for counting
   * @param message what is wrong, for reading: the value, the limit, and the arm and pixel where it
   *     stands
   */
  public BadSpectrumException(RejectReason reason, String message) {
    this(reason, message, null, null);
  }

  private BadSpectrumException(
      RejectReason reason,
      @Nullable String message,
      @Nullable Observation observation,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
    this.observation = observation;
  }

  /** The same fault, of a spectrum whose header could be read. */
  public BadSpectrumException of(Observation header) {
    return new BadSpectrumException(reason, getMessage(), header, this);
  }

  /** What the spectrum says of itself; null where whoever threw this did not know. */
  public @Nullable Observation observation() {
    return observation;
  }

  public RejectReason reason() {
    return reason;
  }
}

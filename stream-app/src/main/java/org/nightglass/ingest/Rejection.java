package org.nightglass.ingest;

import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.RejectReason;

/**
 * A record that could not be processed, and why.
 *
 * @param arrival the record
 * @param reason what is wrong, for counting
 * @param message what is wrong, for reading
 * @param spectrumId the spectrum's name, where it could be read
 * @param targetId the target's name, where it could be read
 */
public record Rejection(
    Arrival arrival,
    RejectReason reason,
    String message,
    @Nullable String spectrumId,
    @Nullable String targetId) {

  /** A rejection by the exception that a stage threw. */
  public static Rejection of(
      Arrival arrival,
      BadSpectrumException fault,
      @Nullable String spectrumId,
      @Nullable String targetId) {
    String message = fault.getMessage() == null ? fault.reason().name() : fault.getMessage();
    return new Rejection(arrival, fault.reason(), message, spectrumId, targetId);
  }
}

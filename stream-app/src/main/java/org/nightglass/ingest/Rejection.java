package org.nightglass.ingest;

import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.RejectReason;

/**
 * A record that could not be processed, and why.
 *
 * @param arrival the record
 * @param reason what is wrong, for counting
 * @param message what is wrong, for reading
 * @param observation what the spectrum says of itself, where it could be read
 */
public record Rejection(
    Arrival arrival, RejectReason reason, String message, @Nullable Observation observation) {

  /** A rejection by the exception that a stage threw. */
  public static Rejection of(
      Arrival arrival, BadSpectrumException fault, @Nullable Observation observation) {
    String message = fault.getMessage() == null ? fault.reason().name() : fault.getMessage();
    return new Rejection(arrival, fault.reason(), message, observation);
  }
}

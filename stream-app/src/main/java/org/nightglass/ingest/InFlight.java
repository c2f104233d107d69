package org.nightglass.ingest;

/**
 * A value on its way through the stages, with the record that it came from.
 *
 * @param arrival the record
 * @param value what the last stage made of it
 */
public record InFlight<T>(Arrival arrival, T value) {

  /** The same record, one stage further. */
  public <R> InFlight<R> with(R next) {
    return new InFlight<>(arrival, next);
  }
}

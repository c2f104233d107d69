package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightState;

/**
 * Where the account of a night stands, and how it gets from one state to another.
 *
 * <pre>
 *           observer's CLOSED, or noon and a quiet grace period
 *   OPEN ──────────────────────────────────────────────────────► CLOSED
 *    ▲                                                              │ something changes
 *    │                observer's REOPENED                           ▼
 *    └──────────────────────────────────────────────────────────REVISED
 * </pre>
 *
 * @param night YYYYMMDD
 * @param state OPEN, CLOSED or REVISED
 * @param sinceMs when it came into this state
 * @param closedAtMs when it was closed, whatever has revised it since; null while it is open
 * @param closedBy who closed it last; null while it was never closed
 * @param plannedEndMs end of observing as the observer stated it; null where not stated
 * @param saidAtMs time of the observer's latest word; 0 where there is none
 * @param changedMs when a figure last changed, by the clock of this machine
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record NightBook(
    String night,
    NightState state,
    long sinceMs,
    @Nullable Long closedAtMs,
    @Nullable String closedBy,
    @Nullable Long plannedEndMs,
    long saidAtMs,
    long changedMs) {

  private static final String CLOCK = "clock";
  private static final String CLOSED = "CLOSED";
  private static final String REOPENED = "REOPENED";

  /** A night of which something is heard for the first time. */
  public static NightBook open(String night, long nowMs) {
    return new NightBook(night, NightState.OPEN, nowMs, null, null, null, 0, nowMs);
  }

  /** Whether its figures are final, also where they were revised since. */
  @JsonIgnore
  public boolean closed() {
    return state != NightState.OPEN;
  }

  /** A figure has changed. */
  public NightBook changed(long nowMs) {
    boolean revises = state == NightState.CLOSED;
    return new NightBook(
        night,
        revises ? NightState.REVISED : state,
        revises ? nowMs : sinceMs,
        closedAtMs,
        closedBy,
        plannedEndMs,
        saidAtMs,
        nowMs);
  }

  /**
   * The observer has spoken; of words that come out of order the one said last holds.
   *
   * @param type OPENED, CLOSED or REOPENED
   * @param atMs when it was said
   * @param by who said it
   * @param plannedEnd end of observing; null where not stated
   */
  public NightBook said(String type, long atMs, String by, @Nullable Long plannedEnd, long nowMs) {
    if (atMs < saidAtMs) {
      return this;
    }
    Long planned = plannedEnd == null ? plannedEndMs : plannedEnd;
    if (type.equals(CLOSED) && !closed()) {
      return new NightBook(night, NightState.CLOSED, nowMs, nowMs, by, planned, atMs, changedMs);
    }
    if (type.equals(REOPENED) && closed()) {
      return new NightBook(night, NightState.OPEN, nowMs, null, closedBy, planned, atMs, nowMs);
    }
    return new NightBook(night, state, sinceMs, closedAtMs, closedBy, planned, atMs, changedMs);
  }

  /**
   * The clock has moved on. The clock closes a night once its noon has passed and nothing has
   * changed for a grace period: a night that is replayed much later stays open while it comes in.
   *
   * @param noonMs local noon at the end of the night
   */
  public NightBook at(long nowMs, long noonMs, Duration grace) {
    long quietSince = Math.max(noonMs, changedMs);
    return closed() || nowMs < quietSince + grace.toMillis()
        ? this
        : new NightBook(
            night, NightState.CLOSED, nowMs, nowMs, CLOCK, plannedEndMs, saidAtMs, changedMs);
  }
}

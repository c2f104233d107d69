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
 *      observer's CLOSED ─► what was on the road then is counted
 *           or noon and a quiet grace period
 *   OPEN ──────────────────────────────────────────────────────► CLOSED
 *    ▲                                                              │ something changes
 *    │                observer's REOPENED                           ▼
 *    └──────────────────────────────────────────────────────────REVISED
 * </pre>
 *
 * @param night YYYYMMDD
 * @param state OPEN, CLOSED or REVISED
 * @param sinceMs when it came into this state
 * @param closedAtMs when it was closed, for the observer's word when that was heard, whatever has
 *     revised it since; null while it is open
 * @param closedBy who closed it last; null while it was never closed
 * @param plannedEndMs end of observing as the observer stated it; null where not stated
 * @param saidAtMs time of the observer's latest word; 0 where there is none
 * @param changedMs when a figure last changed, by the clock of this machine
 * @param closing the observer's word to close, while it waits; null where none does
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
    long changedMs,
    @Nullable Closing closing) {

  private static final String CLOCK = "clock";
  private static final String CLOSED = "CLOSED";
  private static final String REOPENED = "REOPENED";

  /**
   * The observer's word to close a night, which waits until what was on the road has been counted.
   *
   * @param sinceMs when it was heard, by the clock of this machine
   * @param by who said it
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record Closing(long sinceMs, String by) {}

  /** A night of which something is heard for the first time. */
  public static NightBook open(String night, long nowMs) {
    return new NightBook(night, NightState.OPEN, nowMs, null, null, null, 0, nowMs, null);
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
        nowMs,
        closing);
  }

  /**
   * The observer has spoken; of words that come out of order the one said last holds. A word to
   * close waits for {@link #counted}; the same word sent again does not make it wait longer.
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
    boolean again = closing != null && atMs == saidAtMs;
    Closing waiting = closing;
    if (type.equals(CLOSED) && !closed() && !again) {
      waiting = new Closing(nowMs, by);
    } else if (type.equals(REOPENED) && closed()) {
      return new NightBook(
          night, NightState.OPEN, nowMs, null, closedBy, planned, atMs, nowMs, null);
    } else if (type.equals(REOPENED)) {
      waiting = null;
    }
    return new NightBook(
        night, state, sinceMs, closedAtMs, closedBy, planned, atMs, changedMs, waiting);
  }

  /**
   * What was on the road when the observer spoke has been counted: the night is closed, as of her
   * word. A plan that was made while the word waited came after the fact.
   */
  public NightBook counted(long nowMs) {
    return closing == null ? this : closed(nowMs, closing.sinceMs(), closing.by());
  }

  /**
   * The clock has moved on. The clock closes a night once its noon has passed and nothing has
   * changed for a grace period: a night that is replayed much later stays open while it comes in.
   * It leaves alone what the observer has closed.
   *
   * @param noonMs local noon at the end of the night
   */
  public NightBook at(long nowMs, long noonMs, Duration grace) {
    long quietSince = Math.max(noonMs, changedMs);
    return closed() || closing != null || nowMs < quietSince + grace.toMillis()
        ? this
        : closed(nowMs, nowMs, CLOCK);
  }

  private NightBook closed(long nowMs, long atMs, String by) {
    return new NightBook(
        night, NightState.CLOSED, nowMs, atMs, by, plannedEndMs, saidAtMs, changedMs, null);
  }
}

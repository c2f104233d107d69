package org.nightglass.produce;

import java.time.Duration;

/**
 * Spreads sends evenly over time. Time is passed in, in nanoseconds of any clock that never goes
 * back.
 *
 * <p>A sender that falls behind is not made to catch up: the next send is due one interval after
 * the last was.
 */
public final class Pacer {
  private final long intervalNanos;
  private long nextNanos;
  private boolean begun;

  private Pacer(long intervalNanos) {
    this.intervalNanos = intervalNanos;
  }

  /**
   * A pacer.
   *
   * @param rate sends a second; 0 = no limit
   * @throws IllegalArgumentException for a negative or non-finite rate
   */
  public static Pacer perSecond(double rate) {
    if (!(rate >= 0) || Double.isInfinite(rate)) {
      throw new IllegalArgumentException(
          "rate is " + rate + " a second, must be 0 (no limit) or more");
    }
    return new Pacer(rate == 0 ? 0 : Math.round(1e9 / rate));
  }

  /** How long to wait before the next send, if it were made now. Counts as the send. */
  public Duration waitBefore(long nowNanos) {
    if (!begun || nowNanos - nextNanos > 0) {
      begun = true;
      nextNanos = nowNanos;
    }
    long wait = nextNanos - nowNanos;
    nextNanos += intervalNanos;
    return Duration.ofNanos(wait);
  }
}

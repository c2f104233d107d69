package org.nightglass.night;

import java.time.Instant;

/** Modified Julian date: days since 1858-11-17T00:00 UTC. */
public final class Mjd {
  /** The Unix epoch as an MJD. */
  private static final double UNIX_EPOCH = 40_587;

  private static final double MICROSECONDS_PER_DAY = 86_400e6;

  private Mjd() {}

  /** The instant of an MJD (UTC, days), to the microsecond. */
  public static Instant instant(double mjd) {
    long micros = Math.round((mjd - UNIX_EPOCH) * MICROSECONDS_PER_DAY);
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1000L);
  }

  /** The MJD of an instant (UTC, days), to the millisecond. */
  public static double of(Instant instant) {
    return UNIX_EPOCH + instant.toEpochMilli() / 86_400e3;
  }
}

package org.nightglass.topology;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.nightglass.account.NightBook;
import org.nightglass.night.Observatory;
import org.nightglass.topology.NightTopology.Rhythm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes nights that are over: by the observer's word once what was on the road when she spoke has
 * been counted, or has been waited for long enough; by the clock otherwise.
 *
 * <p>Owned by one task. Remembers only where the road was marked; that a word waits, and since
 * when, stands in the night's book, and whoever takes over the task marks the road anew.
 */
final class Closings {
  private static final Logger log = LoggerFactory.getLogger(Closings.class);

  private final Rhythm rhythm;
  private final Observatory observatory;
  private final Road road;
  private final Map<String, Waiting> waiting = new HashMap<>();

  /** A word to close, and all that was on the road when it was heard. */
  private record Waiting(NightBook.Closing word, Road.Mark mark) {}

  Closings(Rhythm rhythm, Observatory observatory, Road road) {
    this.rhythm = rhythm;
    this.observatory = observatory;
    this.road = road;
  }

  /** The book of an open night as it is now: closed if the time has come. */
  NightBook at(NightBook book, long nowMs) {
    String night = book.night();
    NightBook.Closing word = book.closing();
    if (word == null) {
      waiting.remove(night);
      return book.at(nowMs, observatory.end(night).toEpochMilli(), rhythm.closeGrace());
    }
    Waiting before = waiting.get(night);
    Road.Mark mark = before != null && before.word().equals(word) ? before.mark() : road.mark();
    waiting.put(night, new Waiting(word, mark));
    Duration waited = Duration.ofMillis(nowMs - word.sinceMs());
    if (mark.counted()) {
      log.info("Night {} is closed, {} s after {} said so", night, waited.toSeconds(), word.by());
    } else if (waited.compareTo(rhythm.longestClosing()) >= 0) {
      log.warn(
          "Night {} is closed, {} s after {} said so, though not all that was on the road then has"
              + " been counted: what comes yet will revise it",
          night,
          waited.toSeconds(),
          word.by());
    } else {
      return book;
    }
    waiting.remove(night);
    return book.counted(nowMs);
  }
}

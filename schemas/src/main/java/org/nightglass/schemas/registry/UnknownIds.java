package org.nightglass.schemas.registry;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;

/**
 * Ids that the registry did not know, for a short time only: a schema registered a moment later
 * must be found. Bounded, because garbage on a topic can name any id.
 */
final class UnknownIds {
  private final Duration ttl;
  private final int limit;
  private final InstantSource clock;

  /** When each id may be asked for again, oldest first: all live for the same time. */
  private final LinkedHashMap<Integer, Instant> until = new LinkedHashMap<>();

  UnknownIds(Duration ttl, int limit, InstantSource clock) {
    this.ttl = ttl;
    this.limit = limit;
    this.clock = clock;
  }

  synchronized void add(int id) {
    until.remove(id);
    until.put(id, clock.instant().plus(ttl));
    if (until.size() > limit) {
      Iterator<Integer> oldest = until.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  synchronized boolean contains(int id) {
    Instant end = until.get(id);
    if (end == null) {
      return false;
    }
    if (clock.instant().isBefore(end)) {
      return true;
    }
    until.remove(id);
    return false;
  }
}

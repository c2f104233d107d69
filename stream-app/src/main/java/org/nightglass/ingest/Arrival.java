package org.nightglass.ingest;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record as it came from Kafka: what is needed to say where a result or a reject came from, and
 * to hand the original bytes on if they turn out to be no use.
 *
 * @param topic the topic it came from
 * @param partition its partition
 * @param offset its offset
 * @param ingestedAt when the broker took it in
 * @param receivedAt when this application took it up
 * @param key the record's key, null where it had none
 * @param value the record's value, null where it had none
 */
@SuppressWarnings("ArrayRecordComponent") // the original bytes, wrapped, never compared
public record Arrival(
    String topic,
    int partition,
    long offset,
    Instant ingestedAt,
    Instant receivedAt,
    byte @Nullable [] key,
    byte @Nullable [] value) {

  /** Bytes of key and value. */
  public long bytes() {
    return (key == null ? 0L : key.length) + (value == null ? 0L : value.length);
  }

  /** Where the record stands, for messages: {@code nightglass.spectra-3@1742}. */
  public String origin() {
    return topic + "-" + partition + "@" + offset;
  }
}

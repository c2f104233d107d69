package org.nightglass.publish;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.nightglass.avro.Reject;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.Rejection;

/**
 * Writes a reject: why, from which record, and the original bytes, so that it can be mended and
 * sent again.
 */
public final class RejectWriter {
  private final String applicationId;
  private final String applicationVersion;
  private final Clock clock;

  /**
   * @param applicationId of this application
   * @param applicationVersion of this application
   * @param clock for the time of rejection
   */
  public RejectWriter(String applicationId, String applicationVersion, Clock clock) {
    this.applicationId = applicationId;
    this.applicationVersion = applicationVersion;
    this.clock = clock;
  }

  /** The record for the rejects topic. */
  public Reject write(Rejection rejection) {
    Arrival arrival = rejection.arrival();
    Reject reject = new Reject();
    reject.setReason(rejection.reason().name());
    reject.setMessage(rejection.message());
    reject.setSpectrumId(rejection.spectrumId());
    reject.setTargetId(rejection.targetId());
    reject.setKey(arrival.key() == null ? null : ByteBuffer.wrap(arrival.key()));
    reject.setValue(arrival.value() == null ? null : ByteBuffer.wrap(arrival.value()));
    reject.setSourceTopic(arrival.topic());
    reject.setSourcePartition(arrival.partition());
    reject.setSourceOffset(arrival.offset());
    reject.setIngestedAt(arrival.ingestedAt());
    reject.setReceivedAt(arrival.receivedAt());
    reject.setRejectedAt(Instant.ofEpochMilli(clock.millis()));
    reject.setApplicationId(applicationId);
    reject.setApplicationVersion(applicationVersion);
    return reject;
  }
}

package org.nightglass.publish;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Reject;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.Rejection;
import org.nightglass.night.Observatory;
import org.nightglass.spectrum.Observation;

/**
 * Writes a reject: why, from which record, and the original bytes, so that it can be mended and
 * sent again.
 */
public final class RejectWriter {
  /** The year 9595: what a header says beyond names no night. */
  private static final double GREATEST_MJD = 2_826_000;

  private final String applicationId;
  private final String applicationVersion;
  private final @Nullable Observatory observatory;
  private final Clock clock;

  /**
   * @param applicationId of this application
   * @param applicationVersion of this application
   * @param observatory whose nights they are; null where that is not known
   * @param clock for the time of rejection
   */
  public RejectWriter(
      String applicationId,
      String applicationVersion,
      @Nullable Observatory observatory,
      Clock clock) {
    this.applicationId = applicationId;
    this.applicationVersion = applicationVersion;
    this.observatory = observatory;
    this.clock = clock;
  }

  /** The record for the rejects topic. */
  public Reject write(Rejection rejection) {
    Arrival arrival = rejection.arrival();
    Reject reject = new Reject();
    reject.setReason(rejection.reason().name());
    reject.setMessage(rejection.message());
    describe(reject, rejection.observation());
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

  /** So that the night's account knows which target the reject was of. */
  private void describe(Reject reject, @Nullable Observation observation) {
    if (observation == null) {
      return;
    }
    reject.setSpectrumId(observation.spectrumId());
    reject.setTargetId(observation.targetId());
    reject.setKind(observation.kind().name());
    reject.setSurvey(observation.survey());
    reject.setProgramme(observation.programme());
    reject.setFieldId(observation.fieldId());
    reject.setExposureId(observation.exposureId());
    reject.setFibre(observation.fibre());
    reject.setReductionVersion(observation.reductionVersion());
    double mjd = observation.mjd();
    if (observatory != null && mjd >= 0 && mjd <= GREATEST_MJD) {
      reject.setNight(observatory.night(mjd));
    }
  }
}

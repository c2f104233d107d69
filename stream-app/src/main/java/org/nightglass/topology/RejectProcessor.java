package org.nightglass.topology;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.nightglass.avro.Reject;
import org.nightglass.ingest.Rejection;
import org.nightglass.publish.RejectWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a rejection into a record of the rejects topic, under the key that the original had. */
final class RejectProcessor extends ContextualProcessor<String, Rejection, byte[], Reject> {
  private static final Logger log = LoggerFactory.getLogger(RejectProcessor.class);

  private final RejectWriter writer;

  RejectProcessor(RejectWriter writer) {
    this.writer = writer;
  }

  @Override
  public void process(Record<String, Rejection> record) {
    Rejection rejection = record.value();
    log.warn(
        "{} rejected, {}: {}",
        rejection.arrival().origin(),
        rejection.reason(),
        rejection.message());
    context()
        .forward(
            new Record<>(
                rejection.arrival().key(),
                writer.write(rejection),
                record.timestamp(),
                record.headers()));
  }
}

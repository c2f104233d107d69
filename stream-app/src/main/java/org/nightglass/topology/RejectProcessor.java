package org.nightglass.topology;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.nightglass.avro.Reject;
import org.nightglass.ingest.Rejection;
import org.nightglass.publish.OutputWatcher;
import org.nightglass.publish.RejectWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns a rejection into a record of the rejects topic, under the key that the original had. */
final class RejectProcessor extends ContextualProcessor<String, Rejection, byte[], Reject> {
  private static final Logger log = LoggerFactory.getLogger(RejectProcessor.class);

  private final RejectWriter writer;
  private final OutputWatcher watcher;

  RejectProcessor(RejectWriter writer, OutputWatcher watcher) {
    this.writer = writer;
    this.watcher = watcher;
  }

  @Override
  public void process(Record<String, Rejection> record) {
    Rejection rejection = record.value();
    log.warn(
        "{} rejected, {}: {}",
        rejection.arrival().origin(),
        rejection.reason(),
        rejection.message());
    Reject reject = writer.write(rejection);
    watcher.rejected(reject);
    context()
        .forward(
            new Record<>(rejection.arrival().key(), reject, record.timestamp(), record.headers()));
  }
}

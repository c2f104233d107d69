package org.nightglass.topology;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.nightglass.avro.Reject;
import org.nightglass.ingest.Rejection;
import org.nightglass.publish.RejectWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what the account refuses, under the key it came with. */
final class RefusalProcessor implements Processor<String, Rejection, byte[], Reject> {
  private static final Logger log = LoggerFactory.getLogger(RefusalProcessor.class);

  private final RejectWriter writer;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<byte[], Reject> context;

  RefusalProcessor(RejectWriter writer) {
    this.writer = writer;
  }

  @Override
  public void init(ProcessorContext<byte[], Reject> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, Rejection> record) {
    Rejection rejection = record.value();
    log.warn(
        "{} rejected, {}: {}",
        rejection.arrival().origin(),
        rejection.reason(),
        rejection.message());
    context.forward(
        new Record<>(
            rejection.arrival().key(),
            writer.write(rejection),
            record.timestamp(),
            record.headers()));
  }
}

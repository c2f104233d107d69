package org.nightglass.topology;

import java.time.Clock;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.InFlight;

/** Notes where each record came from and when, before anything is done to it. */
final class ArrivalProcessor implements Processor<byte[], byte[], String, InFlight<Arrival>> {
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, InFlight<Arrival>> context;

  ArrivalProcessor(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void init(ProcessorContext<String, InFlight<Arrival>> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a source record without metadata"));
    Arrival arrival =
        new Arrival(
            from.topic(),
            from.partition(),
            from.offset(),
            Instant.ofEpochMilli(record.timestamp()),
            clock.instant(),
            record.key(),
            record.value());
    context.forward(
        new Record<>(
            arrival.origin(),
            new InFlight<>(arrival, arrival),
            record.timestamp(),
            record.headers()));
  }
}

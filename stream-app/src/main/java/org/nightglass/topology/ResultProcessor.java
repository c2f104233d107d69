package org.nightglass.topology;

import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.ingest.InFlight;
import org.nightglass.publish.Judged;
import org.nightglass.publish.OutputWatcher;
import org.nightglass.publish.ResultWriter;

/** Turns a decision into a record of the results topic, keyed by target. */
final class ResultProcessor
    extends ContextualProcessor<String, InFlight<Judged>, String, SpectrumResult> {
  private final ResultWriter writer;
  private final OutputWatcher watcher;

  ResultProcessor(ResultWriter writer, OutputWatcher watcher) {
    this.writer = writer;
    this.watcher = watcher;
  }

  @Override
  public void process(Record<String, InFlight<Judged>> record) {
    SpectrumResult result = writer.write(record.value());
    watcher.emitted(result);
    context().forward(record.withKey(result.getTargetId()).withValue(result));
  }
}

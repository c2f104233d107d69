package org.nightglass.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.nightglass.account.Scope;
import org.nightglass.account.YieldWriter;
import org.nightglass.avro.NightYield;
import org.nightglass.topology.NightTopology.Parts;
import org.nightglass.topology.NightTopology.Rhythm;

/** Keeps the counters of each programme over all nights, and tells the survey's yield to date. */
final class SurveyProcessor implements Processor<String, ToSurvey, String, Object> {
  private static final String NAME = "survey";

  private final Rhythm rhythm;
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  @SuppressWarnings("NullAway.Init")
  private Tally tally;

  @SuppressWarnings("NullAway.Init")
  private Outbox<NightYield> outbox;

  private SurveyProcessor(Rhythm rhythm, Clock clock) {
    this.rhythm = rhythm;
    this.clock = clock;
  }

  static ProcessorSupplier<String, ToSurvey, String, Object> supplier(Rhythm rhythm, Parts parts) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, ToSurvey, String, Object> get() {
        return new SurveyProcessor(rhythm, parts.clock());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        return Tally.stores(NAME);
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    tally = Tally.of(context, NAME);
    outbox =
        new Outbox<>(
            NightYield.class,
            context.getStateStore(Outbox.sentStore(NAME)),
            context.getStateStore(Outbox.dueStore(NAME)),
            rhythm.update().toMillis(),
            scope -> YieldWriter.write(Scope.of(scope), tally.of(scope), /* night= */ null),
            this::send);
    context.schedule(
        rhythm.tick(), PunctuationType.WALL_CLOCK_TIME, unused -> outbox.flush(clock.millis()));
  }

  @Override
  public void process(Record<String, ToSurvey> record) {
    record
        .value()
        .moves()
        .forEach(
            (scope, moves) -> {
              tally.move(scope, moves);
              outbox.touch(scope);
            });
  }

  private void send(String scope, NightYield yield, long revision, long now) {
    yield.setRevision(revision);
    yield.setMadeAt(Instant.ofEpochMilli(now));
    context.forward(new Record<>(scope, yield, now));
  }
}

package org.nightglass.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.nightglass.account.FieldWriter;
import org.nightglass.avro.FieldProgress;
import org.nightglass.topology.NightTopology.Parts;
import org.nightglass.topology.NightTopology.Rhythm;

/** Keeps the counters of each field over all of its nights, and tells its progress. */
final class FieldProcessor implements Processor<String, ToField, String, Object> {
  private static final String NAME = "fields";

  private final Rhythm rhythm;
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  @SuppressWarnings("NullAway.Init")
  private Tally tally;

  @SuppressWarnings("NullAway.Init")
  private NightTurns turns;

  @SuppressWarnings("NullAway.Init")
  private Outbox<FieldProgress> outbox;

  private FieldProcessor(Rhythm rhythm, Clock clock) {
    this.rhythm = rhythm;
    this.clock = clock;
  }

  static ProcessorSupplier<String, ToField, String, Object> supplier(Rhythm rhythm, Parts parts) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, ToField, String, Object> get() {
        return new FieldProcessor(rhythm, parts.clock());
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> all = new HashSet<>(Tally.stores(NAME));
        all.addAll(NightTurns.stores(NAME));
        return all;
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    tally = Tally.of(context, NAME);
    turns =
        new NightTurns(
            context.getStateStore(NightTopology.NIGHTS),
            context.getStateStore(NightTurns.membersStore(NAME)),
            context.getStateStore(NightTurns.seenStore(NAME)));
    outbox =
        new Outbox<>(
            FieldProgress.class,
            context.getStateStore(Outbox.sentStore(NAME)),
            context.getStateStore(Outbox.dueStore(NAME)),
            rhythm.update().toMillis(),
            field -> FieldWriter.write(field, tally.of(field), turns::state),
            this::send);
    context.schedule(
        rhythm.tick(),
        PunctuationType.WALL_CLOCK_TIME,
        unused -> {
          turns.turned(outbox::touch);
          outbox.flush(clock.millis());
        });
  }

  @Override
  public void process(Record<String, ToField> record) {
    String field = record.key();
    tally.move(field, record.value().moves());
    record.value().nights().forEach(night -> turns.note(night, field));
    outbox.touch(field);
  }

  private void send(String field, FieldProgress progress, long revision, long now) {
    progress.setRevision(revision);
    progress.setMadeAt(Instant.ofEpochMilli(now));
    context.forward(new Record<>(field, progress, now));
  }
}

package org.nightglass.topology;

import java.util.function.Function;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.InFlight;
import org.nightglass.ingest.Rejection;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Observation;

/**
 * One stage that looks at one spectrum at a time. What it refuses goes to the rejects; whatever
 * else it throws is not the spectrum's fault and stops the task.
 *
 * @param <I> the previous stage's value
 * @param <O> this stage's value
 */
final class StageProcessor<I, O> implements Processor<String, InFlight<I>, String, Object> {
  private final String next;
  private final String rejects;
  private final Function<InFlight<I>, O> stage;
  private final Function<I, @Nullable Observation> observation;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  /**
   * @param next name of the node that takes this stage's values
   * @param rejects name of the node that takes rejections
   * @param stage what to do; throws {@link BadSpectrumException} to refuse
   * @param observation finds the identifiers of what is refused; null where there are none
   */
  StageProcessor(
      String next,
      String rejects,
      Function<InFlight<I>, O> stage,
      Function<I, @Nullable Observation> observation) {
    this.next = next;
    this.rejects = rejects;
    this.stage = stage;
    this.observation = observation;
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<String, InFlight<I>> record) {
    Arrival arrival = record.value().arrival();
    O value;
    try {
      value = stage.apply(record.value());
    } catch (BadSpectrumException fault) {
      Observation of =
          fault.observation() == null
              ? observation.apply(record.value().value())
              : fault.observation();
      context.forward(record.withValue(Rejection.of(arrival, fault, of)), rejects);
      return;
    }
    context.forward(record.withValue(record.value().with(value)), next);
  }
}

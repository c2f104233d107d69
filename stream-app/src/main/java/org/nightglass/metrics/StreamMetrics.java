package org.nightglass.metrics;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.batch.BatchWatcher;
import org.nightglass.infer.EngineStatistics;
import org.nightglass.publish.OutputWatcher;

/**
 * What the stream measures: batches, the model, what goes out and how long it took. Counts are of
 * this instance since its start; after a crash, what was not committed is counted again.
 *
 * <p>Safe for use by several threads.
 */
public final class StreamMetrics implements BatchWatcher, OutputWatcher {
  private final MeterRegistry registry;
  private final DistributionSummary batchSize;
  private final Timer batchWait;
  private final Timer modelTime;
  private final Timer latency;
  private final Timer observationLatency;

  /**
   * @param engine what the model has done so far
   */
  public StreamMetrics(MeterRegistry registry, Supplier<EngineStatistics> engine) {
    this.registry = registry;
    this.batchSize = Metric.BATCH_SIZE.summary().register(registry);
    this.batchWait = Metric.BATCH_WAIT.timer().register(registry);
    this.modelTime = Metric.MODEL_TIME.timer().register(registry);
    this.latency = Metric.LATENCY.timer().register(registry);
    this.observationLatency = Metric.OBSERVATION_LATENCY.timer().register(registry);
    FunctionCounter.builder(Metric.MODEL_RUNS.id(), engine, of -> of.get().runs())
        .description(Metric.MODEL_RUNS.text())
        .register(registry);
    FunctionCounter.builder(Metric.MODEL_ROWS.id(), engine, of -> of.get().rows())
        .description(Metric.MODEL_ROWS.text())
        .register(registry);
    Gauge.builder(Metric.MODEL_NATIVE_BYTES.id(), engine, of -> of.get().nativeBytes())
        .description(Metric.MODEL_NATIVE_BYTES.text())
        .baseUnit(Metric.MODEL_NATIVE_BYTES.unit())
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void ran(int size, long waitedNanos, long tookNanos) {
    batchSize.record(size);
    batchWait.record(waitedNanos, TimeUnit.NANOSECONDS);
    modelTime.record(tookNanos, TimeUnit.NANOSECONDS);
  }

  @Override
  public void emitted(SpectrumResult result) {
    Metric.RESULTS
        .counter()
        .tags("kind", result.getKind().name(), "good", Boolean.toString(result.getGoodZ()))
        .register(registry)
        .increment();
    latency.record(notNegative(Duration.between(result.getIngestedAt(), result.getEmittedAt())));
    Double exposure = result.getExposureSeconds();
    long exposureMillis = exposure == null ? 0 : Math.round(exposure * 1000);
    observationLatency.record(
        notNegative(
            Duration.between(
                result.getEventTime().plusMillis(exposureMillis), result.getEmittedAt())));
  }

  /** Clocks of two machines may disagree by more than the time between them. */
  private static Duration notNegative(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }

  @Override
  public void rejected(Reject reject) {
    Metric.REJECTS.counter().tags("reason", reject.getReason()).register(registry).increment();
  }
}

package org.nightglass.bench.micro;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.nightglass.batch.MicroBatcher;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** One item through the micro-batcher, its share of the batch's hand-over included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class BatcherBenchmark {
  private static final Object ITEM = new Object();

  private MicroBatcher<Object> batcher;
  private long clock;

  @Setup
  public void make(Blackhole sink) {
    batcher =
        new MicroBatcher<>(
            256, 32L << 20, Duration.ofMillis(100), Duration.ofMillis(500), sink::consume);
  }

  @Benchmark
  public void add() {
    batcher.add(ITEM, 31_000, false, clock++);
  }
}

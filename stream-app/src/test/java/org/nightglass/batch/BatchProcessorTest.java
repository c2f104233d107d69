package org.nightglass.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nightglass.batch.BatchProcessor.Routed;

/** A stream thread as Kafka Streams runs it: some records, then timers, then commits. */
class BatchProcessorTest {
  private static final int FULL = 256;
  private static final Duration A_BATCH = Duration.ofMillis(3500);

  /** Records between a request for a commit and the commit. */
  private static final int A_TURN = 22;

  private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
  private final DrainOnCommitStore store = DrainOnCommitStore.builder("batch").build();
  private final List<Integer> sizes = new ArrayList<>();
  private final Processor<String, String, String, String> processor =
      BatchProcessor.<String, String, String>supplier(
              new BatchProcessor.Settings(
                  "batch", FULL, 1 << 20, Duration.ofMillis(100), Duration.ofSeconds(1)),
              this::route,
              String::length,
              () -> this.nanos,
              BatchWatcher.NONE)
          .get();
  private long nanos;

  private List<Routed<String>> route(List<String> batch) {
    sizes.add(batch.size());
    nanos += A_BATCH.toNanos() * batch.size() / FULL;
    return batch.stream().map(value -> new Routed<>("out", value)).toList();
  }

  @BeforeEach
  void init() {
    context.addStateStore(store);
    processor.init(context);
  }

  private void turn() {
    for (int i = 0; i < A_TURN; i++) {
      nanos += 50_000;
      processor.process(new Record<>("spectrum", "pixels", 0));
    }
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(nanos / 1_000_000);
    if (context.committed()) {
      context.resetCommit();
      store.flushCache();
    }
  }

  /** Asked for when a batch has ended, each commit would make another one of eight. */
  @Test
  void shouldLearnHowLateCommitsComeWhereBatchesAreSlow() {
    while (sizes.size() < 60) {
      turn();
    }
    assertThat(sizes.stream().filter(size -> size <= A_TURN).count())
        .as("small ones, by a commit that came later than the ones before it, among %s", sizes)
        .isLessThan(sizes.size() / 4);
    assertThat(sizes).allMatch(size -> size <= A_TURN || size > FULL - A_TURN);
  }
}

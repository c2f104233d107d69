package org.nightglass.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
  private static final long NOW = 1_766_448_000_000L;
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private long nowMs = NOW;
  private final CommitPace.OfThreads threads = new CommitPace.OfThreads(SHORTEST);
  private final InstantSource time = () -> Instant.ofEpochMilli(this.nowMs);
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private final MockProcessorContext<String, String> context = new MockProcessorContext<>();
  private final Processor<String, String, String, String> stage = stage(context);

  private Processor<String, String, String, String> stage(
      MockProcessorContext<String, String> own) {
    Processor<String, String, String, String> made =
        CommitPace.<String>arriving(threads, clock).get();
    made.init(own);
    return made;
  }

  /** Takes a record that has been on its way for so long. */
  private void take(long onItsWayMs) {
    stage.process(new Record<>("target", "event", nowMs - onItsWayMs));
  }

  /** How long after now a commit is asked for, to the punctuator's 50 ms. */
  private long msUntilCommit() {
    long began = nowMs;
    while (!context.committed()) {
      nowMs += 50;
      assertThat(nowMs - began).isLessThan(10_000);
      context.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
    }
    context.resetCommit();
    return nowMs - began;
  }

  @Test
  void shouldHandOnWhatIsFreshSoonAndLetABacklogWait() {
    take(500);
    assertThat(msUntilCommit()).as("a tenth would be less than the shortest").isEqualTo(100);
    take(3000);
    assertThat(msUntilCommit()).as("a tenth").isEqualTo(300);
    take(3_600_000);
    assertThat(msUntilCommit()).as("the longest").isEqualTo(3000);
    take(-60_000);
    assertThat(msUntilCommit()).as("from a clock ahead of ours").isEqualTo(100);
  }

  @Test
  void shouldNotLetTheFreshWaitForTheLate() {
    take(3_600_000);
    take(200);
    assertThat(msUntilCommit()).isEqualTo(100);
  }

  @Test
  void shouldLetWhatIsToldLaterWaitAsLongAsWhatComesIn() {
    Processor<String, String, String, String> leaving =
        CommitPace.<String>leaving(threads, clock).get();
    leaving.init(context);
    for (long onItsWay : new long[] {500, 3_600_000}) {
      take(onItsWay);
      long usual = msUntilCommit();
      assertThat(msUntilCommit()).as("while nothing comes").isEqualTo(3000);
      leaving.process(new Record<>("field", "progress", nowMs));
      assertThat(msUntilCommit()).isEqualTo(usual);
    }
  }

  @Test
  void shouldPassOnWhatItTakesAndAskForNothingBefore() {
    nowMs += 60_000;
    context.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
    assertThat(context.committed()).isFalse();
    take(500);
    assertThat(context.forwarded()).hasSize(1);
    assertThat(msUntilCommit()).isPositive();
  }

  @Test
  void shouldAskSeldomWhileNothingComes() {
    take(500);
    assertThat(msUntilCommit()).isEqualTo(100);
    assertThat(msUntilCommit()).as("the longest").isEqualTo(3000);
    assertThat(msUntilCommit()).as("the longest again").isEqualTo(3000);
  }

  @Test
  void shouldAskOnceForAllStagesOfAThread() {
    MockProcessorContext<String, String> other = new MockProcessorContext<>();
    Processor<String, String, String, String> second = stage(other);
    take(500);
    second.process(new Record<>("target", "event", nowMs - 500));
    assertThat(msUntilCommit()).isEqualTo(100);
    other.scheduledPunctuators().get(0).getPunctuator().punctuate(nowMs);
    assertThat(other.committed()).as("the thread commits all of its tasks together").isFalse();
  }
}

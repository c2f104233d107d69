package org.nightglass.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MicroBatcherTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final MicroBatcher<Integer> batcher =
      new MicroBatcher<>(3, 100, Duration.ofMillis(100), Duration.ofMillis(500), batches::add);

  private static long ms(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void shouldHandOnAFullBatchAtOnce() {
    batcher.add(1, 1, false, ms(0));
    batcher.add(2, 1, false, ms(1));
    assertThat(batches).isEmpty();
    batcher.add(3, 1, false, ms(2));
    assertThat(batches).containsExactly(List.of(1, 2, 3));
    assertThat(batcher.size()).isZero();
  }

  @Test
  void shouldHandOnWhatHasWaitedLongEnoughAndNotBefore() {
    batcher.add(1, 1, false, ms(10));
    batcher.tick(ms(109));
    assertThat(batches).isEmpty();
    batcher.tick(ms(110));
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void shouldLookAtTheDeadlineWhenItemsComeWithoutATick() {
    batcher.add(1, 1, false, ms(0));
    batcher.add(2, 1, false, ms(100));
    assertThat(batches).containsExactly(List.of(1, 2));
  }

  @Test
  void shouldForgetSomeItemsWithTheirWeightAndKeepTheOthersInOrder() {
    batcher.add(1, 50, false, ms(0));
    batcher.add(2, 40, false, ms(1));
    batcher.dropIf(item -> item == 1, item -> 50);
    batcher.add(3, 40, false, ms(2));
    assertThat(batches).as("80 of 100").isEmpty();
    batcher.add(4, 1, false, ms(3));
    assertThat(batches).containsExactly(List.of(2, 3, 4));
  }

  @Test
  void shouldFillBatchesForLongerWhileItemsComeLate() {
    batcher.add(1, 1, true, ms(0));
    batcher.tick(ms(499));
    assertThat(batches).isEmpty();
    batcher.tick(ms(500));
    assertThat(batches).containsExactly(List.of(1));
    batcher.add(2, 1, true, ms(600));
    batcher.add(3, 1, false, ms(700)); // nothing more lies there: the linger holds again
    assertThat(batches).containsExactly(List.of(1), List.of(2, 3));
  }

  @Test
  void shouldMeasureTheLingerFromTheOldestItemOfEachBatch() {
    batcher.add(1, 1, false, ms(0));
    batcher.tick(ms(100));
    batcher.add(2, 1, false, ms(150));
    batcher.tick(ms(200));
    assertThat(batches).containsExactly(List.of(1));
    batcher.tick(ms(250));
    assertThat(batches).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void shouldDrainWhateverIsThereAndNothingTwice() {
    batcher.drain();
    assertThat(batches).isEmpty();
    batcher.add(1, 1, false, ms(0));
    batcher.drain();
    batcher.drain();
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void shouldHandOnABatchThatHasGrownTooHeavy() {
    batcher.add(1, 60, false, ms(0));
    assertThat(batches).isEmpty();
    batcher.add(2, 60, false, ms(0));
    assertThat(batches).containsExactly(List.of(1, 2));
    batcher.add(3, 60, false, ms(0));
    assertThat(batches).as("weights of handed-on items count no longer").hasSize(1);
    batcher.drop();
    batcher.add(4, 60, false, ms(0));
    assertThat(batches).as("nor those of dropped ones").hasSize(1);
    batcher.drain();
    batcher.add(5, 1_000_000, false, ms(0));
    assertThat(batches.get(2)).as("one item alone, however heavy").containsExactly(5);
  }

  @Test
  void shouldForgetWhatIsDropped() {
    batcher.add(1, 1, false, ms(0));
    batcher.drop();
    batcher.tick(ms(1000));
    batcher.drain();
    assertThat(batches).isEmpty();
  }

  @Test
  void shouldBeEmptyAfterARunThatThrows() {
    MicroBatcher<Integer> broken =
        new MicroBatcher<>(
            2,
            100,
            Duration.ZERO,
            Duration.ZERO,
            batch -> {
              throw new IllegalStateException("broken");
            });
    assertThatThrownBy(() -> broken.add(1, 1, false, 0)).hasMessage("broken");
    assertThat(broken.size()).isZero();
  }

  @Test
  void shouldNotHandOnTwiceWhenARunDrainsAgain() {
    List<List<Integer>> seen = new ArrayList<>();
    List<MicroBatcher<Integer>> self = new ArrayList<>();
    self.add(
        new MicroBatcher<>(
            2,
            100,
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            batch -> {
              self.get(0).drain();
              seen.add(batch);
            }));
    self.get(0).add(1, 1, false, 0);
    self.get(0).add(2, 1, false, 0);
    assertThat(seen).containsExactly(List.of(1, 2));
  }

  @Test
  void shouldKeepOrderAndLoseNothingWhateverTheTiming() {
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      int max = 1 + random.nextInt(8);
      long linger = random.nextInt(50);
      List<Integer> out = new ArrayList<>();
      List<Integer> sizes = new ArrayList<>();
      MicroBatcher<Integer> any =
          new MicroBatcher<>(
              max,
              1000,
              Duration.ofMillis(linger),
              Duration.ofMillis(2 * linger),
              batch -> {
                out.addAll(batch);
                sizes.add(batch.size());
              });
      long now = 0;
      List<Integer> in = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        now += ms(random.nextInt(20));
        switch (random.nextInt(6)) {
          case 0 -> any.tick(now);
          case 1 -> any.drain();
          default -> {
            in.add(i);
            any.add(i, 1, random.nextBoolean(), now);
          }
        }
      }
      any.drain();
      assertThat(out).as("seed %d", seed).isEqualTo(in);
      assertThat(sizes).as("seed %d", seed).allMatch(size -> size >= 1 && size <= max);
    }
  }

  @Test
  void shouldRefuseSettingsThatCannotWork() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new MicroBatcher<Integer>(0, 1, Duration.ZERO, Duration.ZERO, batches::add))
        .withMessageContaining("maxSize is 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MicroBatcher<Integer>(1, 1, Duration.ofMillis(-1), Duration.ZERO, batches::add))
        .withMessageContaining("linger");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new MicroBatcher<Integer>(
                    1, 1, Duration.ofMillis(2), Duration.ofMillis(1), batches::add))
        .withMessageContaining("patience");
  }
}

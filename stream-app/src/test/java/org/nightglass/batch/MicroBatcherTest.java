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
    batcher.add(1, 1, ms(0));
    batcher.add(2, 1, ms(1));
    assertThat(batches).isEmpty();
    batcher.add(3, 1, ms(2));
    assertThat(batches).containsExactly(List.of(1, 2, 3));
    assertThat(batcher.size()).isZero();
  }

  @Test
  void shouldHandOnWhatHasWaitedLongEnoughAndNotBefore() {
    batcher.add(1, 1, ms(10));
    batcher.tick(ms(109));
    assertThat(batches).isEmpty();
    batcher.tick(ms(110));
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void shouldSayHowManyMoreItemsMakeABatchFull() {
    assertThat(batcher.room()).as("by number").isEqualTo(3);
    batcher.add(1, 30, ms(0));
    assertThat(batcher.room()).as("by number: 2, by weight: 2.3").isEqualTo(2);
    batcher.add(2, 42, ms(1));
    assertThat(batcher.room()).as("28 are left, 36 on average").isZero();
  }

  @Test
  void shouldLookAtTheDeadlineWhenItemsComeWithoutATick() {
    batcher.add(1, 1, ms(0));
    batcher.add(2, 1, ms(100));
    assertThat(batches).containsExactly(List.of(1, 2));
  }

  @Test
  void shouldForgetSomeItemsWithTheirWeightAndKeepTheOthersInOrder() {
    batcher.add(1, 50, ms(0));
    batcher.add(2, 40, ms(1));
    batcher.dropIf(item -> item == 1, item -> 50);
    batcher.add(3, 40, ms(2));
    assertThat(batches).as("80 of 100").isEmpty();
    batcher.add(4, 1, ms(3));
    assertThat(batches).containsExactly(List.of(2, 3, 4));
  }

  @Test
  void shouldFillBatchesForLongerWhileItemsComeFasterThanTheyAreServed() {
    MicroBatcher<Integer> large =
        new MicroBatcher<>(100, 100, Duration.ofMillis(100), Duration.ofMillis(500), batches::add);
    large.serves(ms(50));
    for (int i = 0; i < 13; i++) {
      large.add(i, 1, ms(i * 40L)); // to 480 ms
    }
    assertThat(batches).isEmpty();
    large.add(13, 1, ms(520));
    assertThat(batches).as("patience ends").hasSize(1);
    large.add(14, 1, ms(560));
    large.add(15, 1, ms(600));
    large.add(16, 1, ms(655));
    assertThat(batches).hasSize(1);
    large.add(17, 1, ms(715)); // comes slowly: the linger holds again
    assertThat(batches).hasSize(2);
    large.add(18, 1, ms(720));
    large.add(19, 1, ms(725));
    large.tick(ms(819));
    assertThat(batches).hasSize(2);
    large.tick(ms(820)); // nothing has come for longer than an item takes
    assertThat(batches.get(2)).containsExactly(18, 19);
  }

  @Test
  void shouldMeasureTheLingerFromTheOldestItemOfEachBatch() {
    batcher.add(1, 1, ms(0));
    batcher.tick(ms(100));
    batcher.add(2, 1, ms(150));
    batcher.tick(ms(200));
    assertThat(batches).containsExactly(List.of(1));
    batcher.tick(ms(250));
    assertThat(batches).containsExactly(List.of(1), List.of(2));
  }

  @Test
  void shouldDrainWhateverIsThereAndNothingTwice() {
    batcher.drain();
    assertThat(batches).isEmpty();
    batcher.add(1, 1, ms(0));
    batcher.drain();
    batcher.drain();
    assertThat(batches).containsExactly(List.of(1));
  }

  @Test
  void shouldHandOnABatchThatHasGrownTooHeavy() {
    batcher.add(1, 60, ms(0));
    assertThat(batches).isEmpty();
    batcher.add(2, 60, ms(0));
    assertThat(batches).containsExactly(List.of(1, 2));
    batcher.add(3, 60, ms(0));
    assertThat(batches).as("weights of handed-on items count no longer").hasSize(1);
    batcher.drop();
    batcher.add(4, 60, ms(0));
    assertThat(batches).as("nor those of dropped ones").hasSize(1);
    batcher.drain();
    batcher.add(5, 1_000_000, ms(0));
    assertThat(batches.get(2)).as("one item alone, however heavy").containsExactly(5);
  }

  @Test
  void shouldForgetWhatIsDropped() {
    batcher.add(1, 1, ms(0));
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
    assertThatThrownBy(() -> broken.add(1, 1, 0)).hasMessage("broken");
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
    self.get(0).add(1, 1, 0);
    self.get(0).add(2, 1, 0);
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
            any.serves(ms(random.nextInt(20)));
            any.add(i, 1, now);
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

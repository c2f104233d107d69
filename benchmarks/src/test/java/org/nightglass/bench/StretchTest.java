package org.nightglass.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StretchTest {
  private static final int BATCH = 256;
  private static final int PERIOD = 4_000;

  /** A thread's results: so many batches, one each period, the first at a moment. */
  private static long[] thread(long first, int batches) {
    return LongStream.range(0, (long) batches * BATCH)
        .map(result -> first + result / BATCH * PERIOD)
        .toArray();
  }

  @Test
  void shouldFindTheRateOfTwoThreadsWhereverTheyStand() {
    for (long later = 0; later < PERIOD; later += 50) {
      Stretch stretch = Stretch.of(List.of(thread(1_000, 6), thread(1_000 + later, 6)));
      double perSecond = stretch.spectra() * 1e3 / (stretch.to() - stretch.from());
      assertThat(perSecond).isBetween(127.9, 128.1);
    }
  }

  @Test
  void shouldNotCountTheFirstBatchOfAPartitionThatIsALittleBehind() {
    Stretch stretch = Stretch.of(List.of(thread(1_000, 2), thread(900, 1), thread(1_001, 2)));
    assertThat(stretch.from()).isEqualTo(1_000);
    double perSecond = stretch.spectra() * 1e3 / (stretch.to() - stretch.from());
    assertThat(perSecond).as("two threads").isBetween(127.0, 129.0);
  }

  @Test
  void shouldLeaveStartAndEndOut() {
    long[] times = LongStream.range(0, 100).map(i -> 10 * i).toArray();
    assertThat(Stretch.of(List.of(times))).isEqualTo(new Stretch(250, 900, 65));
  }

  @Test
  void shouldCountAPartitionThatEndsSoonerWhileItLasts() {
    long[] shorter = LongStream.range(0, 20).map(i -> 10 * i).toArray();
    long[] longer = LongStream.range(0, 80).map(i -> 10 * i).toArray();
    Stretch stretch = Stretch.of(List.of(shorter, longer));
    long[] together =
        LongStream.concat(Arrays.stream(shorter), Arrays.stream(longer)).sorted().toArray();
    assertThat(stretch.spectra())
        .isEqualTo(Arrays.stream(together).filter(stretch::contains).count());
  }
}

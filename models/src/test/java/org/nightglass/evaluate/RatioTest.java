package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RatioTest {
  /** Clopper–Pearson of 0 in n: (1 − high)^n = α/2. */
  @Test
  void shouldGiveTheIntervalOfNoneAndOfAll() {
    double half = Math.pow((1 - 0.683) / 2, 1.0 / 36);
    Ratio none = Ratio.of(0, 36);
    assertThat(none.value()).isZero();
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(1 - half, within(1e-9));
    Ratio all = Ratio.of(36, 36);
    assertThat(all.value()).isOne();
    assertThat(all.low()).isCloseTo(half, within(1e-9));
    assertThat(all.high()).isOne();
  }

  /** Of 1 in 2: low solves 1 − (1 − p)² = α/2, high solves 1 − p² = α/2. */
  @Test
  void shouldGiveTheIntervalOfOneInTwo() {
    double tail = (1 - 0.683) / 2;
    Ratio half = Ratio.of(1, 2);
    assertThat(half.value()).isEqualTo(0.5);
    assertThat(half.low()).isCloseTo(1 - Math.sqrt(1 - tail), within(1e-9));
    assertThat(half.high()).isCloseTo(Math.sqrt(1 - tail), within(1e-9));
  }

  @Test
  void shouldBeNullOfNothing() {
    assertThat(Ratio.of(0, 0)).isEqualTo(new Ratio(0, 0, null, null, null));
  }

  @Test
  void shouldRefuseMoreThanThereAre() {
    assertThatThrownBy(() -> Ratio.of(3, 2)).hasMessageContaining("3 of 2");
  }
}

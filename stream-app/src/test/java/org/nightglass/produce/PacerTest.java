package org.nightglass.produce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PacerTest {
  @Test
  void shouldSpreadSendsEvenly() {
    Pacer pacer = Pacer.perSecond(10);
    assertThat(pacer.waitBefore(0)).isEqualTo(Duration.ZERO);
    assertThat(pacer.waitBefore(0)).isEqualTo(Duration.ofMillis(100));
    assertThat(pacer.waitBefore(TimeUnit.MILLISECONDS.toNanos(150)))
        .isEqualTo(Duration.ofMillis(50));
  }

  @Test
  void shouldNotCatchUpAfterADelay() {
    Pacer pacer = Pacer.perSecond(10);
    Duration first = pacer.waitBefore(0);
    assertThat(first).isZero();
    long late = TimeUnit.SECONDS.toNanos(5);
    assertThat(pacer.waitBefore(late)).isZero();
    assertThat(pacer.waitBefore(late)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void shouldNeverWaitWithoutALimit() {
    Pacer pacer = Pacer.perSecond(0);
    for (int i = 0; i < 10; i++) {
      assertThat(pacer.waitBefore(7)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void shouldRefuseRatesThatAreNone(double rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pacer.perSecond(rate))
        .withMessageContaining("rate is " + rate);
  }
}

package org.nightglass.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FiguresTest {

  private static Measurement rate(double perSecond) {
    return new Measurement(1000, 1000 / perSecond, 0.5, 0.25, Double.NaN);
  }

  @Test
  void shouldGiveTheMedianWithItsSpread() {
    assertThat(Figures.Spread.of(3, 1, 10)).isEqualTo(new Figures.Spread(3, 1, 10, 3));
    assertThat(Figures.Spread.of(4, 1, 2, 9).median()).isEqualTo(3);
  }

  @Test
  void shouldDivideRoundByRoundAndNotMedianByMedian() {
    Figures figures = new Figures();
    // The machine was three times as busy in the second round, for both.
    for (double machine : new double[] {1, 1 / 3.0, 2}) {
      figures.add("raw", rate(1000 * machine));
      figures.add("road", rate(800 * machine));
    }
    Figures.Spread ratio = figures.ratio("road", "raw");
    assertThat(List.of(ratio.least(), ratio.median(), ratio.greatest()))
        .allSatisfy(value -> assertThat(value).isCloseTo(0.8, within(1e-12)));
  }

  @Test
  void shouldLetNoNaNIntoTheJson() {
    Figures figures = new Figures();
    figures.add("raw", rate(1000));
    Map<?, ?> raw = (Map<?, ?>) figures.json().get("raw");
    assertThat(raw.keySet().stream().map(String::valueOf))
        .containsExactlyInAnyOrder(
            "spectra_per_second", "cpu_seconds_per_1000", "services_cpu_seconds_per_1000");
  }

  @Test
  void shouldFindTheMomentBetweenTwoReadings() {
    CpuClock.Reading early = new CpuClock.Reading(10, 1, 0.5, 3);
    CpuClock.Reading late = new CpuClock.Reading(12, 4, 1.5, 9);
    Measurement second = early.at(11, late).until(late, 100);
    assertThat(second.rate()).isEqualTo(100);
    assertThat(second.cpuSeconds()).isEqualTo(1.5);
    assertThat(second.servicesCpuSeconds()).isEqualTo(0.5);
    assertThat(second.foreignCores()).as("3 of the machine, 2 of them ours").isEqualTo(1);
  }
}

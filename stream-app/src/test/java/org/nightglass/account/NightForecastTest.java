package org.nightglass.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.account.NightForecast.Expected;
import org.nightglass.account.NightForecast.Field;
import org.nightglass.account.NightForecast.None;

class NightForecastTest {
  private static final int NIGHTS = 1000;

  /**
   * Nights of 40 fields with weather of their own: rates scatter about a mean that is drawn anew
   * every night. The moment lies after so many whole fields, in the middle of another.
   */
  @ParameterizedTest(name = "after {0} fields of {1} fibres, scatter up to {2}")
  @CsvSource({
    "2, 120, 0.1",
    "5, 120, 0.1",
    "12, 120, 0.05",
    "25, 120, 0.05",
    "36, 120, 0.1",
    "3, 500, 0.15",
    "10, 500, 0.1",
    "20, 500, 0.15",
    "36, 500, 0.05",
    "5, 2000, 0.1",
    "20, 2000, 0.05",
    "25, 2000, 0.03"
  })
  void shouldContainTheTruthAsOftenAsItClaims(int whole, int fibres, double scatter) {
    assertThat(coverage(whole, fibres, scatter)).isBetween(0.63, 0.73);
  }

  /** The prior leaves room for worse weather than two fields have shown. */
  @Test
  void shouldRatherClaimTooLittleThanTooMuchEarlyInACalmNight() {
    assertThat(coverage(2, 500, 0.03)).isBetween(0.75, 0.95);
  }

  private static double coverage(int whole, int fibres, double scatter) {
    SplittableRandom random = new SplittableRandom(20251221L + whole + fibres);
    int within = 0;
    for (int night = 0; night < NIGHTS; night++) {
      double mean = 0.35 + 0.55 * random.nextDouble();
      double sd = scatter * (0.3 + 0.7 * random.nextDouble());
      List<Field> fields = new ArrayList<>();
      long truth = 0;
      for (int i = 0; i < 40; i++) {
        double rate = Math.max(0.01, Math.min(0.99, mean + sd * random.nextGaussian()));
        int observed = i < whole ? fibres : i == whole ? fibres / 2 : 0;
        long soFar = successes(observed, rate, random);
        truth += soFar + successes(fibres - observed, rate, random);
        fields.add(new Field("F" + i, fibres, observed, soFar));
      }
      Expected expected = expect(fields, 40L * fibres, null, null);
      within += expected.goodZLow() <= truth && truth <= expected.goodZHigh() ? 1 : 0;
    }
    return within / (double) NIGHTS;
  }

  @Test
  void shouldExpectNoFieldsBeyondThePlannedEnd() {
    List<Field> fields = List.of(full("A", 80), full("B", 70), empty("C"), empty("D"), empty("E"));
    Expected twoMore = expect(fields, 500, 1000.0, 2500.0);
    assertThat(twoMore.remainingFields()).isEqualTo(2);
    assertThat(twoMore.remainingTargets()).isEqualTo(200);
    assertThat(twoMore.goodZ()).isBetween(280.0, 310.0);
    assertThat(twoMore.completeness()).isEqualTo(twoMore.goodZ() / 500);
    assertThat(expect(fields, 500, null, null).remainingFields()).isEqualTo(3);
  }

  @Test
  void shouldBeSureOfTheResultWhenNothingIsLeft() {
    Expected over = expect(List.of(full("A", 80), empty("B")), 200, 900.0, 0.0);
    assertThat(over).isEqualTo(new Expected(0, 0, 80, 80, 80, 0.4, 0.4, 0.4));
  }

  @Test
  void shouldExpectTheRestOfAFieldAtTheRateThatItHasShown() {
    List<Field> fields =
        List.of(full("A", 90), full("B", 88), full("C", 91), new Field("cloudy", 100, 50, 5));
    Expected expected = expect(fields, 400, null, null);
    assertThat(expected.remainingFields()).isZero();
    assertThat(expected.goodZ() - 274).isBetween(4.0, 25.0);
  }

  @Test
  void shouldNeitherTakeBackWhatIsGoodNorPromiseMoreThanThereIs() {
    for (long good : new long[] {0, 1, 99, 100}) {
      Expected expected = expect(List.of(full("A", good), empty("B")), 200, null, null);
      assertThat(expected.goodZLow()).isBetween((double) good, expected.goodZ());
      assertThat(expected.goodZHigh()).isBetween(expected.goodZ(), good + 100.0);
    }
  }

  @Test
  void shouldCountWhatWasObservedWithoutAPlan() {
    Expected expected = expect(List.of(new Field("A", 0, 30, 20), empty("B")), 10, null, null);
    assertThat(expected.completenessHigh()).isEqualTo(1);
  }

  @Test
  void shouldSayWhyThereIsNoForecast() {
    assertThat(NightForecast.of(List.of(), 0, null, null))
        .isEqualTo(new None("nothing is planned for the night"));
    assertThat(NightForecast.of(List.of(empty("A")), 100, null, null))
        .isEqualTo(new None("no field has been observed yet"));
    assertThat(NightForecast.of(List.of(full("A", 1), empty("B")), 200, null, 60.0))
        .isEqualTo(new None("the end is planned, but how long a field takes is not known"));
  }

  @Test
  void shouldRefuseCountsThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Field("F7", 10, 3, 4))
        .withMessageContaining("field F7 has 10 targets assigned, 3 observed, 4 good");
  }

  private static Field full(String id, long good) {
    return new Field(id, 100, 100, good);
  }

  private static Field empty(String id) {
    return new Field(id, 100, 0, 0);
  }

  private static Expected expect(
      List<Field> fields,
      long targeted,
      @Nullable Double secondsPerField,
      @Nullable Double secondsLeft) {
    return (Expected) NightForecast.of(fields, targeted, secondsPerField, secondsLeft);
  }

  private static long successes(int trials, double rate, SplittableRandom random) {
    long successes = 0;
    for (int i = 0; i < trials; i++) {
      successes += random.nextDouble() < rate ? 1 : 0;
    }
    return successes;
  }
}

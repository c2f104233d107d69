package org.nightglass.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final Curve SLOW =
      new Curve(100, List.of(point(1000, 20), point(2000, 30), point(3000, 60)));
  private static final Curve FAST =
      new Curve(100, List.of(point(1000, 40), point(2000, 60), point(3000, 70)));

  @Test
  void shouldFindTheTimeToACompletenessBetweenExposures() {
    assertThat(SLOW.secondsTo(0.1)).isEqualTo(500);
    assertThat(SLOW.secondsTo(0.3)).isEqualTo(2000);
    assertThat(SLOW.secondsTo(0.45)).isEqualTo(2500);
    assertThat(SLOW.secondsTo(0.61)).isNull();
  }

  @Test
  void shouldCompareAtTheCompletenessThatAllReach() {
    SeedOutcome outcome =
        new SeedOutcome(1, 5, Map.of(FeedbackMode.NONE, SLOW, FeedbackMode.LIVE, FAST));
    assertThat(outcome.commonCompleteness()).isEqualTo(0.6);
    assertThat(outcome.gain(FeedbackMode.LIVE, FeedbackMode.NONE)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(outcome.gain(FeedbackMode.NONE, FeedbackMode.LIVE)).isEqualTo(-0.5);
    assertThat(outcome.gain(FeedbackMode.MORNING, FeedbackMode.NONE)).isNull();
  }

  @Test
  void shouldTellTheSpreadBetweenSeeds() {
    SeedOutcome better =
        new SeedOutcome(1, 5, Map.of(FeedbackMode.NONE, SLOW, FeedbackMode.LIVE, FAST));
    SeedOutcome worse =
        new SeedOutcome(2, 5, Map.of(FeedbackMode.NONE, FAST, FeedbackMode.LIVE, SLOW));
    assertThat(Gain.all(List.of(better, worse)))
        .singleElement()
        .satisfies(
            gain -> {
              assertThat(gain.seeds()).isEqualTo(2);
              assertThat(gain.mean()).isCloseTo((1 / 3.0 - 0.5) / 2, within(1e-9));
              assertThat(gain.scatter()).isCloseTo((1 / 3.0 + 0.5) / Math.sqrt(2), within(1e-9));
              assertThat(gain.least()).isEqualTo(-0.5);
              assertThat(gain.positive()).isEqualTo(1);
              assertThat(SurveyText.line(gain))
                  .startsWith("live takes 8.3 % more open-shutter time than none");
            });
  }

  @Test
  void shouldHaveNoNumberWhereThereIsNone() {
    Curve empty = new Curve(100, List.of());
    assertThat(empty.completeness()).isZero();
    assertThat(empty.purity()).isNull();
    assertThat(empty.secondsTo(0.5)).isNull();
    assertThat(Gain.all(List.of(new SeedOutcome(1, 1, Map.of(FeedbackMode.LIVE, empty)))))
        .isEmpty();
  }

  private static Curve.Point point(double seconds, int good) {
    return new Curve.Point(seconds, good, good);
  }
}

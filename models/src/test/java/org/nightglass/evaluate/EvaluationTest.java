package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nightglass.evaluate.AcceptanceCurve.Point;

class EvaluationTest {
  /** Quasar probabilities 0.1 to 0.9; the class is QSO above 0.5. */
  private static final List<Scored> SPECTRA =
      List.of(
          Examples.judged("GALAXY", 0.1, 0.001, 1.0, true), // right, confidence 0.9
          Examples.judged("GALAXY", 0.2, 0.005, 0.5, false), // z beyond 0.003, confidence 0.4
          Examples.judged("GALAXY", 0.9, 0.001, 0.9, true), // called QSO, confidence 0.81
          Examples.judged("QSO", 0.8, 0.005, null, true), // right, no peak: confidence 0.8
          Examples.judged("QSO", 0.7, 0.5, 0.1, false), // wrong z, confidence 0.07
          Examples.judged("STAR", 0.3, 0.001, 0.4, false), // called GALAXY, confidence 0.28
          Examples.judged(Labels.SKY, 0.4, 0.7, 0.5, true)); // accepted sky, confidence 0.3

  private static final Evaluation EVALUATION =
      Evaluation.of(
          Examples.subject(7), SPECTRA, Examples.THREE, SnrBin.between(List.of(2.0, 10.0)));

  private static Score score(String label) {
    return EVALUATION.classes().stream()
        .filter(s -> s.label().equals(label))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shouldScoreEveryClassWithSkyTheLast() {
    assertThat(EVALUATION.classes())
        .extracting(Score::label)
        .containsExactly("GALAXY", "QSO", "STAR", "SKY");
    assertThat(score("GALAXY").classRight()).isEqualTo(Ratio.of(2, 3));
    assertThat(score("QSO").classRight()).isEqualTo(Ratio.of(2, 2));
    assertThat(score("STAR").classRight()).isEqualTo(Ratio.of(0, 1));
    assertThat(score("SKY").classRight()).isEqualTo(Ratio.of(0, 0));
    assertThat(EVALUATION.all().spectra()).isEqualTo(6);
    assertThat(EVALUATION.all().classRight()).isEqualTo(Ratio.of(4, 6));
  }

  @Test
  void shouldCountRedshiftsOfClassesThatTheModelMeansToGiveOne() {
    assertThat(score("GALAXY").redshiftRight()).isEqualTo(Ratio.of(2, 3));
    assertThat(score("QSO").redshiftRight()).isEqualTo(Ratio.of(1, 2));
    assertThat(score("STAR").redshiftRight()).isEqualTo(Ratio.of(0, 0));
    assertThat(score("STAR").redshift().estimated()).isZero();
    assertThat(EVALUATION.all().redshift().estimated()).isEqualTo(5);
  }

  @Test
  void shouldCallAcceptedRedshiftsRightOnlyWithTheirClass() {
    assertThat(score("GALAXY").accepted()).isEqualTo(Ratio.of(2, 3));
    assertThat(score("GALAXY").acceptedRight()).isEqualTo(Ratio.of(1, 2));
    assertThat(score("QSO").acceptedRight()).isEqualTo(Ratio.of(1, 1));
    assertThat(score("SKY").accepted()).isEqualTo(Ratio.of(1, 1));
    assertThat(score("SKY").acceptedRight()).isEqualTo(Ratio.of(0, 1));
  }

  @Test
  void shouldCountWhatIsCalledWhat() {
    Confusion confusion = EVALUATION.confusion();
    assertThat(confusion).isNotNull();
    assertThat(confusion.counts())
        .containsExactly(List.of(2, 1, 0), List.of(0, 2, 0), List.of(1, 0, 0), List.of(1, 0, 0));
    assertThat(confusion.purity())
        .containsEntry("GALAXY", Ratio.of(2, 3))
        .containsEntry("QSO", Ratio.of(2, 3))
        .containsEntry("STAR", Ratio.of(0, 0));
  }

  @Test
  void shouldMoveTheThreshold() {
    AcceptanceCurve all = EVALUATION.acceptance().get(0);
    assertThat(point(all, 0)).isEqualTo(new Point(0, Ratio.of(2, 7), Ratio.of(2, 5)));
    assertThat(point(all, 0.5)).isEqualTo(new Point(0.5, Ratio.of(2, 3), Ratio.of(2, 5)));
    assertThat(point(all, 0.82)).isEqualTo(new Point(0.82, Ratio.of(1, 1), Ratio.of(1, 5)));
    assertThat(all.points()).extracting(Point::threshold).doesNotContain(0.92);
    assertThat(all.asDecided())
        .isEqualTo(new AcceptanceCurve.Decided(Ratio.of(2, 4), Ratio.of(2, 5)));
  }

  @Test
  void shouldMoveTheThresholdOfOneClass() {
    AcceptanceCurve quasars =
        EVALUATION.acceptance().stream()
            .filter(c -> c.label().equals("QSO"))
            .findFirst()
            .orElseThrow();
    assertThat(point(quasars, 0)).isEqualTo(new Point(0, Ratio.of(1, 3), Ratio.of(1, 2)));
    assertThat(EVALUATION.acceptance())
        .extracting(AcceptanceCurve::label)
        .containsExactly("all", "GALAXY", "QSO");
  }

  private static Point point(AcceptanceCurve curve, double threshold) {
    return curve.points().stream()
        .filter(p -> p.threshold() == threshold)
        .findFirst()
        .orElseThrow();
  }

  /** Best probabilities without sky: 0.9 ✓, 0.8 ✓, 0.9 ✗, 0.8 ✓, 0.7 ✓, 0.7 ✗. */
  @Test
  void shouldCompareProbabilitiesWithWhatTheyPromise() {
    Reliability best = EVALUATION.reliability().get(0);
    assertThat(best.bins().get(9).right()).isEqualTo(Ratio.of(1, 2));
    assertThat(best.bins().get(9).meanProbability()).isCloseTo(0.9, within(1e-12));
    assertThat(best.bins().get(8).right()).isEqualTo(Ratio.of(2, 2));
    assertThat(best.bins().get(7).right().whole() + best.bins().get(6).right().whole())
        .isEqualTo(2);
    assertThat(best.bins().get(0).meanProbability()).isNull();
    // |1 − 1.8| + |2 − 1.6| + |1 − 1.4|, over 6
    assertThat(best.expectedCalibrationError()).isCloseTo(1.6 / 6, within(1e-9));
    assertThat(EVALUATION.reliability())
        .extracting(Reliability::label)
        .containsExactly("all", "GALAXY", "QSO", "STAR");
  }

  @Test
  void shouldListWhatWentWrongAcceptedFirst() {
    assertThat(EVALUATION.misses())
        .extracting(m -> m.label() + " " + m.said())
        .containsExactly("GALAXY QSO", "SKY GALAXY", "QSO QSO", "GALAXY GALAXY", "STAR GALAXY");
  }

  @Test
  void shouldSplitBySnr() {
    assertThat(EVALUATION.bySnr())
        .extracting(s -> s.label() + " " + s.snrBin().text() + " " + s.spectra())
        .containsExactly("all 2–10 6", "GALAXY 2–10 3", "QSO 2–10 2", "STAR 2–10 1", "SKY 2–10 1");
    assertThat(SnrBin.between(List.of(2.0, 10.0)))
        .extracting(SnrBin::text)
        .containsExactly("< 2", "2–10", "≥ 10");
    assertThat(new SnrBin(2.0, 10.0).holds(2.0)).isTrue();
    assertThat(new SnrBin(2.0, 10.0).holds(10.0)).isFalse();
    assertThat(new SnrBin(null, 2.0).holds(null)).isFalse();
  }

  @Test
  void shouldRefuseBinsThatDoNotRise() {
    assertThatThrownBy(() -> SnrBin.between(List.of(5.0, 2.0))).hasMessageContaining("[5.0, 2.0]");
  }

  @Test
  void shouldRefuseToScoreNothing() {
    assertThatThrownBy(
            () ->
                Evaluation.of(
                    Examples.subject(0), List.of(), Examples.THREE, SnrBin.between(List.of())))
        .hasMessageContaining("no spectrum to score");
  }
}

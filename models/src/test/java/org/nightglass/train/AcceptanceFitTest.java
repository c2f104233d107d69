package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

class AcceptanceFitTest {
  private static final double Z = 0.3;

  private final List<Verdict> verdicts = new ArrayList<>();

  @Test
  void shouldAcceptAsMuchAsPurityAllows() {
    Random random = new Random(3);
    for (int i = 0; i < 4000; i++) {
      double peak = random.nextDouble();
      // Wrong more often the lower the peak.
      boolean wrong = random.nextDouble() > Math.min(1, peak + 0.3);
      say(SourceClass.GALAXY, SourceClass.GALAXY, 5, 0.99, peak, wrong);
      say(SourceClass.GALAXY, null, 0.1, 0.99, peak, wrong);
    }
    Map<SourceClass, Acceptance> limits = new AcceptanceFit(1, 0.5).limits(verdicts);
    assertThat(limits).containsOnlyKeys(SourceClass.GALAXY);
    assertThat(limits.get(SourceClass.GALAXY).minPeakProbability()).isBetween(0.65, 0.75);
    assertThat(accepted(limits)).noneMatch(v -> v.truth().family() == null);
    assertThat(purity(accepted(limits))).isGreaterThanOrEqualTo(AcceptanceFit.PURITY);
  }

  /** Where only families above the doubt are pure enough, peaks have to make up for it. */
  @Test
  void shouldTurnNobodyAwayForAFamilyThatNeedsNoSecondOpinion() {
    Random random = new Random(4);
    for (int i = 0; i < 4000; i++) {
      double probability = 0.8 + 0.2 * random.nextDouble();
      double peak = 0.5 + 0.5 * random.nextDouble();
      boolean wrong = probability < 0.95 && peak < 0.8 && random.nextInt(10) == 0;
      say(SourceClass.GALAXY, SourceClass.GALAXY, 5, probability, peak, wrong);
    }
    Acceptance limits = new AcceptanceFit(0.92, 0.5).limits(verdicts).get(SourceClass.GALAXY);
    assertThat(limits.minClassProbability()).isLessThanOrEqualTo(0.92);
    assertThat(limits.minPeakProbability()).isBetween(0.75, 0.8);
  }

  @Test
  void shouldNotTurnAwayStarsForWhatGalaxiesGetWrong() {
    Random random = new Random(5);
    for (int i = 0; i < 4000; i++) {
      double peak = random.nextDouble();
      say(SourceClass.GALAXY, SourceClass.GALAXY, 5, 0.99, peak, random.nextDouble() > peak + 0.2);
      say(SourceClass.STAR, SourceClass.STAR, 5, 0.99, peak, false);
    }
    Map<SourceClass, Acceptance> limits = new AcceptanceFit(1, 0.5).limits(verdicts);
    assertThat(limits.get(SourceClass.STAR).minPeakProbability()).isEqualTo(0.3);
    assertThat(limits.get(SourceClass.GALAXY).minPeakProbability()).isBetween(0.65, 0.8);
    assertThat(purity(accepted(limits))).isGreaterThanOrEqualTo(AcceptanceFit.PURITY);

    // No limits in common that are as pure accept as much.
    for (double peak = 0.3; peak < 1; peak += 0.05) {
      Acceptance common = new Acceptance(0.5, peak, 0.01, 0.5, 0.5);
      List<Verdict> other = accepted(Map.of(SourceClass.GALAXY, common, SourceClass.STAR, common));
      if (purity(other) >= AcceptanceFit.PURITY) {
        assertThat(other).hasSizeLessThan(accepted(limits).size());
      }
    }
  }

  /** Few and often wrong, quasars would hardly show in the purity of all. */
  @Test
  void shouldKeepEachFamilyPureForItself() {
    Random random = new Random(6);
    for (int i = 0; i < 5000; i++) {
      say(SourceClass.STAR, SourceClass.STAR, 5, 0.99, random.nextDouble(), false);
      if (i % 10 == 0) {
        double peak = random.nextDouble();
        boolean wrong = peak < 0.9 && random.nextInt(20) == 0;
        say(SourceClass.QSO, SourceClass.QSO, 5, 0.99, peak, wrong);
      }
    }
    Map<SourceClass, Acceptance> limits = new AcceptanceFit(1, 0.5).limits(verdicts);
    List<Verdict> quasars =
        accepted(limits).stream().filter(v -> v.family() == SourceClass.QSO).toList();
    assertThat(quasars).isNotEmpty();
    assertThat(purity(quasars)).isGreaterThanOrEqualTo(AcceptanceFit.LEAST_PURITY);
  }

  @Test
  void shouldTakeThePurestWhereNoneIsPureEnough() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double peak = random.nextDouble();
      say(SourceClass.QSO, SourceClass.QSO, 5, 0.99, peak, random.nextDouble() > 0.5 * peak);
    }
    Map<SourceClass, Acceptance> limits = new AcceptanceFit(1, 0.5).limits(verdicts);
    assertThat(limits.get(SourceClass.QSO).minPeakProbability()).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void shouldKnowTheStrictest() {
    Acceptance strictest =
        new AcceptanceFit(1, 0.5)
            .strictest(
                List.of(
                    new Acceptance(0.7, 0.9, 0.01, 0.5, 0.5),
                    new Acceptance(0.8, 0.3, 0.002, 0.5, 0.5)));
    assertThat(strictest).isEqualTo(new Acceptance(0.8, 0.9, 0.002, 0.5, 0.5));
  }

  private void say(
      SourceClass said,
      @Nullable SourceClass truth,
      double snr,
      double probability,
      double peak,
      boolean wrong) {
    double found = wrong ? 3 * Z : Z;
    RedshiftEstimate estimate =
        new RedshiftEstimate(found, 1e-4, new double[] {found, found}, peak, null, null);
    int[] classes = truth == null ? ClassScheme.NONE : new int[] {0};
    Verdict.Truth what = new Verdict.Truth(truth, "x", classes, truth == null ? 0 : Z);
    verdicts.add(new Verdict(what, snr, 0, said, probability, 0, false, estimate));
  }

  private List<Verdict> accepted(Map<SourceClass, Acceptance> limits) {
    return verdicts.stream().filter(v -> AcceptanceFit.accepts(limits.get(v.family()), v)).toList();
  }

  private static double purity(List<Verdict> accepted) {
    return accepted.stream().filter(Verdict::right).count() / (double) accepted.size();
  }
}

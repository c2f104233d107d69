package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.infer.RedshiftEstimate;

class SecondOpinionFitTest {
  private static final SecondOpinion DOUBT =
      new SecondOpinion(0.9, 0.5, 0.02, 1, List.of(), List.of());

  @Test
  void shouldFindTheWeightsThatFamiliesWereDrawnBy() {
    double classWeight = 0.8;
    double[] peakWeights = {0.7, 1.6, 0.3};
    double[] offsets = {0.5, -0.4, 0};
    Random random = new Random(1);
    SecondOpinionFit fit = new SecondOpinionFit(3);
    for (int i = 0; i < 20_000; i++) {
      double[] shares = new double[3];
      List<@Nullable RedshiftEstimate> answers = new ArrayList<>();
      float[] scores = new float[3];
      int left = random.nextInt(6); // of half of them one is not asked
      for (int e = 0; e < 3; e++) {
        double logarithm = -2 * random.nextDouble();
        double logOdds = 2 * random.nextGaussian();
        shares[e] = Math.exp(logarithm);
        answers.add(e == left ? null : answer(logOdds));
        scores[e] =
            e == left
                ? Float.NEGATIVE_INFINITY
                : (float) (classWeight * logarithm + peakWeights[e] * logOdds + offsets[e]);
      }
      double[] p = ClassFit.softmax(scores, 1);
      double lot = random.nextDouble();
      fit.add(shares, answers, lot < p[0] ? 0 : lot < p[0] + p[1] ? 1 : 2);
    }
    SecondOpinion opinion = fit.fit(DOUBT);
    assertThat(opinion.classWeight()).isCloseTo(classWeight, within(0.1));
    for (int e = 0; e < 3; e++) {
      assertThat(opinion.peakWeights().get(e)).isCloseTo(peakWeights[e], within(0.05));
      assertThat(opinion.offsets().get(e)).isCloseTo(offsets[e], within(0.1));
    }
    assertThat(opinion.minProbability()).isEqualTo(0.9);
    assertThat(opinion.minPeak()).isEqualTo(0.5);
    assertThat(opinion.minShare()).isEqualTo(0.02);
  }

  @Test
  void shouldKeepWeightsFiniteWhereFamiliesCanBeToldApartWithoutAnError() {
    SecondOpinionFit fit = new SecondOpinionFit(2);
    for (int i = 0; i < 200; i++) {
      double first = i % 2 == 0 ? 10 : -10;
      fit.add(new double[] {0.5, 0.5}, List.of(answer(first), answer(-first)), i % 2);
    }
    SecondOpinion opinion = fit.fit(DOUBT);
    assertThat(opinion.peakWeights()).allSatisfy(w -> assertThat(w).isBetween(0.1, 10.0));
  }

  @Test
  void shouldLearnNothingFromTooFew() {
    SecondOpinionFit fit = new SecondOpinionFit(2);
    for (int i = 0; i < 49; i++) {
      fit.add(new double[] {0.4, 0.4}, List.of(answer(1), answer(-1)), 0);
    }
    assertThat(fit.fit(DOUBT)).isNull();
  }

  @Test
  void shouldLearnNothingFromAFamilyThatWasNotAsked() {
    SecondOpinionFit fit = new SecondOpinionFit(2);
    List<@Nullable RedshiftEstimate> answers = new ArrayList<>();
    answers.add(answer(1));
    answers.add(null);
    for (int i = 0; i < 100; i++) {
      fit.add(new double[] {0.999, 0.001}, answers, 1);
    }
    assertThat(fit.fit(DOUBT)).isNull();
  }

  private static RedshiftEstimate answer(double logOdds) {
    double peak = 1 / (1 + Math.exp(-logOdds));
    return new RedshiftEstimate(0.3, 1e-4, new double[] {0.3}, peak, null, null);
  }
}

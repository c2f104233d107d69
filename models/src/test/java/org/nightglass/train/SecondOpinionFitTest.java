package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nightglass.infer.ModelCard.SecondOpinion;

class SecondOpinionFitTest {

  @Test
  void shouldFindTheWeightsThatFamiliesWereDrawnBy() {
    double classWeight = 0.8;
    double[] peakWeights = {0.7, 1.6, 0.3};
    double[] offsets = {0.5, -0.4, 0};
    Random random = new Random(1);
    SecondOpinionFit fit = new SecondOpinionFit(3);
    for (int i = 0; i < 20_000; i++) {
      double[] logarithms = new double[3];
      double[] logOdds = new double[3];
      float[] scores = new float[3];
      for (int e = 0; e < 3; e++) {
        logarithms[e] = -2 * random.nextDouble();
        logOdds[e] = 2 * random.nextGaussian();
        scores[e] =
            (float) (classWeight * logarithms[e] + peakWeights[e] * logOdds[e] + offsets[e]);
      }
      double[] p = Calibration.softmax(scores, 1);
      double lot = random.nextDouble();
      fit.add(logarithms, logOdds, lot < p[0] ? 0 : lot < p[0] + p[1] ? 1 : 2);
    }
    SecondOpinion opinion = fit.fit(0.9, 0.5);
    assertThat(opinion.classWeight()).isCloseTo(classWeight, within(0.1));
    for (int e = 0; e < 3; e++) {
      assertThat(opinion.peakWeights().get(e)).isCloseTo(peakWeights[e], within(0.05));
      assertThat(opinion.offsets().get(e)).isCloseTo(offsets[e], within(0.1));
    }
    assertThat(opinion.minProbability()).isEqualTo(0.9);
    assertThat(opinion.minPeak()).isEqualTo(0.5);
  }

  @Test
  void shouldKeepWeightsFiniteWhereFamiliesCanBeToldApartWithoutAnError() {
    SecondOpinionFit fit = new SecondOpinionFit(2);
    for (int i = 0; i < 200; i++) {
      double[] logOdds = {i % 2 == 0 ? 10 : -10, i % 2 == 0 ? -10 : 10};
      fit.add(new double[] {-0.7, -0.7}, logOdds, i % 2);
    }
    SecondOpinion opinion = fit.fit(0.9, 0.5);
    assertThat(opinion.peakWeights()).allSatisfy(w -> assertThat(w).isBetween(0.1, 10.0));
  }

  @Test
  void shouldLearnNothingFromTooFew() {
    SecondOpinionFit fit = new SecondOpinionFit(2);
    for (int i = 0; i < 49; i++) {
      fit.add(new double[] {-1, -1}, new double[] {1, -1}, 0);
    }
    assertThat(fit.fit(0.9, 0.5)).isNull();
  }
}

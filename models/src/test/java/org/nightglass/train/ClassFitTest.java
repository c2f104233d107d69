package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ClassFitTest {

  @Test
  void shouldFindTheTemperatureThatLogitsWereScaledBy() {
    Random random = new Random(1);
    int n = 20_000;
    float[][] logits = new float[n][3];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      float[] honest = new float[3];
      for (int c = 0; c < 3; c++) {
        honest[c] = (float) (2 * random.nextGaussian());
        logits[i][c] = 2.5f * honest[c];
      }
      double[] p = ClassFit.softmax(honest, 1);
      double lot = random.nextDouble();
      labels[i] = lot < p[0] ? 0 : lot < p[0] + p[1] ? 1 : 2;
    }
    assertThat(ClassFit.temperature(logits, labels)).isCloseTo(2.5, within(0.1));
  }

  @Test
  void shouldLoseHardlyAnySourceToTheOutlierLimit() {
    double[] outliers = new double[1000];
    for (int i = 0; i < outliers.length; i++) {
      outliers[i] = i / 1000.0;
    }
    assertThat(ClassFit.outlierLimit(outliers)).isCloseTo(0.995, within(1e-9));
    assertThat(ClassFit.outlierLimit(new double[] {0.01, 0.02})).isEqualTo(0.5);
  }
}

package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharpnessFitTest {

  /** Two peaks of which the truth lies in one as often as the honest distribution says. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 1, 2.5})
  void shouldFindThePowerThatDistributionsWereBluntedBy(double sharpness) {
    Random random = new Random(1);
    List<double[]> distributions = new ArrayList<>();
    double[] truths = new double[8000];
    for (int i = 0; i < truths.length; i++) {
      double honest = 0.5 + 0.5 * random.nextDouble();
      double main = Math.pow(honest, 1 / sharpness);
      double other = Math.pow(1 - honest, 1 / sharpness);
      double[] p = new double[100];
      p[20] = main / (main + other);
      p[70] = other / (main + other);
      distributions.add(p);
      truths[i] = random.nextDouble() < honest ? 20 : 70;
    }
    assertThat(SharpnessFit.sharpness(distributions, truths))
        .isCloseTo(sharpness, within(0.1 * sharpness));
  }

  @Test
  void shouldStayFiniteWhereEveryPeakIsRight() {
    double[] p = new double[100];
    p[20] = 0.8;
    p[70] = 0.2;
    assertThat(SharpnessFit.sharpness(List.of(p, p), new double[] {20, 21}))
        .isCloseTo(10, within(0.1));
  }
}

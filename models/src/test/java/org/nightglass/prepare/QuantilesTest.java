package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuantilesTest {

  @Test
  void shouldAgreeWithSorting() {
    Random random = new Random(5);
    for (int trial = 0; trial < 400; trial++) {
      int count = trial < 200 ? 1 + trial : 900 + random.nextInt(400);
      float[] values = new float[count + 3];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            switch (trial % 5) {
              case 0 -> (float) random.nextGaussian();
              case 1 -> random.nextInt(3) - 1;
              case 2 -> 1e30f * (float) random.nextGaussian();
              case 3 -> i < count / 2 ? -7.25f : 3.5f;
              default -> 42;
            };
      }
      float[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      double expected =
          count % 2 == 1
              ? sorted[count / 2]
              : 0.5 * ((double) sorted[count / 2 - 1] + sorted[count / 2]);
      assertThat(Quantiles.medianOf(values, count))
          .as("trial %d of %d values", trial, count)
          .isEqualTo(expected);
    }
  }
}

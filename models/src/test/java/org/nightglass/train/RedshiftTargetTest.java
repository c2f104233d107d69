package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RedshiftTargetTest {

  @Test
  void shouldSpreadTargetsOverNeighbouringBins() {
    RedshiftTarget.Bins bins = new RedshiftTarget.Bins(-16e-4, 4e-4, 896);
    float[] target = new float[896];
    bins.write(Math.pow(10, 0.1) - 1, target, 0);
    double centre = 0;
    double sum = 0;
    for (int b = 0; b < 896; b++) {
      centre += b * target[b];
      sum += target[b];
    }
    assertThat(sum).isCloseTo(1, within(1e-5));
    assertThat(centre).isCloseTo((0.1 + 16e-4) / 4e-4, within(0.01));
    bins.write(50, target, 0);
    assertThat(target[895]).as("beyond the last bin").isPositive();
  }
}

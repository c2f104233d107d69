package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

class ClassifierBatchesTest {
  private static final int SPECTRA = 20_000;

  /** Rows are fixed point: ±5 is the whole of a short. */
  private static final int BLENDS = 7;

  /** Classes 0 and 1 are galaxies', 2 quasars', 3 stars'; rows hold what a spectrum is. */
  @Test
  void shouldShowEveryClassAsOftenAndBlendsTwiceAsOftenAsOtherNegatives() {
    List<SamplePool> pools =
        List.of(
            pool(SourceClass.GALAXY, sample(0, 900, 0), sample(1, 20, 1), sample(9, 50, 0, 1)),
            pool(SourceClass.QSO, sample(2, 300, 2)),
            pool(SourceClass.STAR, sample(3, 300, 3)));
    List<SamplePool.Sample> none = new ArrayList<>(sample(5, 500));
    none.addAll(sample(6, 10));
    none.addAll(sample(BLENDS, 100));
    SamplePool negatives = SamplePool.of(SourceClass.GALAXY, none);
    float[] rows = new float[SPECTRA];
    float[] targets = new float[5 * SPECTRA];
    new ClassifierBatches(pools, negatives, 4, 1).fill(0, SPECTRA, rows, targets);
    for (int kind = 0; kind < 4; kind++) {
      assertThat(share(rows, kind)).as("class %d", kind).isCloseTo(0.76 / 4, within(0.01));
    }
    assertThat(share(rows, 9)).as("of no class").isCloseTo(0.04, within(0.01));
    assertThat(share(rows, 5)).as("common kind of none").isCloseTo(0.05, within(0.01));
    assertThat(share(rows, 6)).as("rare kind of none").isCloseTo(0.05, within(0.01));
    assertThat(share(rows, BLENDS)).as("blends").isCloseTo(0.1, within(0.01));
    for (int i = 0; i < SPECTRA; i++) {
      int kind = kind(rows[i]);
      float[] own = new float[5];
      System.arraycopy(targets, 5 * i, own, 0, 5);
      assertThat(own)
          .containsExactly(
              switch (kind) {
                case 0, 1, 2, 3 -> one(kind);
                case 9 -> new float[] {0.5f, 0.5f, 0, 0, 0};
                default -> one(4);
              });
    }
  }

  private static float[] one(int index) {
    float[] target = new float[5];
    target[index] = 1;
    return target;
  }

  private static int kind(float row) {
    return Math.round(row);
  }

  private static double share(float[] rows, int kind) {
    int count = 0;
    for (float row : rows) {
      count += kind(row) == kind ? 1 : 0;
    }
    return count / (double) rows.length;
  }

  @SafeVarargs
  private static SamplePool pool(SourceClass family, List<SamplePool.Sample>... parts) {
    List<SamplePool.Sample> samples = new ArrayList<>();
    for (List<SamplePool.Sample> part : parts) {
      samples.addAll(part);
    }
    return SamplePool.of(family, samples);
  }

  private static List<SamplePool.Sample> sample(int kind, int number, int... classes) {
    List<SamplePool.Sample> samples = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      short[] row = {(short) kind};
      String label = kind == BLENDS ? TrainingSimulator.BLEND : "kind-" + kind;
      samples.add(new SamplePool.Sample(row, 1, 0, 5, classes, label));
    }
    return samples;
  }
}

package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.spectrum.WavelengthGrid;

class TrainingSimulatorTest {

  @Test
  void shouldGiveTheSameBytesForTheSameSeedAndIndex() {
    TrainingSimulator first = simulator(5);
    TrainingSimulator second = simulator(5);
    for (SourceClass sourceClass : SourceClass.values()) {
      second.spectrum(0, sourceClass);
      TrainingSimulator.Labelled a = first.spectrum(42, sourceClass);
      TrainingSimulator.Labelled b = second.spectrum(42, sourceClass);
      assertThat(a.truth()).isEqualTo(b.truth());
      assertThat(a.spectrum().flux()).containsExactly(b.spectrum().flux());
      assertThat(a.spectrum().ivar()).containsExactly(b.spectrum().ivar());
    }
  }

  @Test
  void shouldKeepRedshiftsWithinTheirLimits() {
    TrainingSimulator simulator = simulator(6);
    for (int i = 0; i < 300; i++) {
      assertThat(simulator.spectrum(i, SourceClass.GALAXY).truth().z()).isBetween(-0.001, 1.66);
      assertThat(simulator.spectrum(i, SourceClass.QSO).truth().z()).isBetween(0.0, 6.2);
      assertThat(simulator.spectrum(i, SourceClass.STAR).truth().z()).isBetween(-0.0035, 0.0035);
    }
  }

  @Test
  void shouldHaveNoSignalOnEmptySky() {
    TrainingSimulator simulator = simulator(7);
    for (int i = 0; i < 50; i++) {
      TrainingSimulator.Labelled sky = simulator.negative(i);
      if (!sky.truth().label().equals(Truth.SKY)) {
        continue;
      }
      assertThat(Math.abs(sky.spectrum().snr())).as("S/N of sky %d", i).isLessThan(1.5);
    }
  }

  @Test
  void shouldDrawEveryFamilyOfNegatives() {
    TrainingSimulator simulator = simulator(9, ModelGrid.OPTICAL_4368);
    Set<String> drawn = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      TrainingSimulator.Labelled negative = simulator.negative(i);
      drawn.add(negative.truth().label());
      for (float flux : negative.spectrum().flux()) {
        assertThat(flux).isFinite();
      }
    }
    assertThat(drawn)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Negatives.Family.values()).map(Enum::name).toList());
  }

  /** The forest leaves nothing blueward of 8,500 Å: the noise must be judged by what it leaves. */
  @Test
  void shouldGiveADistantQuasarTheNoiseOfItsLight() {
    WavelengthGrid.Log grid = new WavelengthGrid.Log(3.5563, 1e-4, 4368);
    double[] flux = new double[grid.pixels()];
    double edge = ParametricQuasars.LYMAN_ALPHA * 7;
    int first = grid.pixels();
    for (int i = flux.length - 1; i >= 0 && grid.wavelength(i) > edge; i--) {
      flux[i] = 1;
      first = i;
    }
    Instrument.Observed observed = new Instrument(grid).observe(flux, 10, new SplittableRandom(3));
    double[] sigma = observed.sigma();
    int lit = first;
    double[] ratios =
        IntStream.range(lit, grid.pixels())
            .mapToDouble(i -> observed.noiseFree()[i] / sigma[i])
            .sorted()
            .toArray();
    assertThat(ratios[ratios.length / 2]).isBetween(7.0, 14.0);
  }

  @Test
  void shouldHaveNoInformationWhereIvarIsZero() {
    TrainingSimulator simulator = simulator(8);
    for (int i = 0; i < 50; i++) {
      TrainingSimulator.Labelled labelled = simulator.spectrum(i, SourceClass.GALAXY);
      int good = 0;
      for (int p = 0; p < labelled.spectrum().flux().length; p++) {
        if (labelled.spectrum().ivar()[p] == 0) {
          assertThat(labelled.spectrum().flux()[p]).isZero();
        } else {
          good++;
        }
      }
      assertThat(labelled.spectrum().coverage()).isEqualTo(good / 3600.0);
    }
  }

  @Test
  void shouldRefuseAGridItCannotSimulateOn() {
    assertThatThrownBy(
            () ->
                new TrainingSimulator(
                    1, TrainingSimulator.sources(null), new ModelGrid(3.6, 2e-4, 1000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2.0E-4");
  }

  private static TrainingSimulator simulator(long seed) {
    return simulator(seed, ModelGrid.SDSS_3600);
  }

  private static TrainingSimulator simulator(long seed, ModelGrid grid) {
    return new TrainingSimulator(seed, TrainingSimulator.sources(null), grid);
  }
}

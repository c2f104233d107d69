package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

class NormalisationTest {
  private static final int PIXELS = 3600;
  private static final float FILL = -777;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void shouldAgreeWithANaiveContrastNormalisation(long seed) {
    Random random = new Random(seed);
    float[] flux = new float[PIXELS];
    float[] ivar = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      boolean good = random.nextDouble() > 0.1 && !(i > 500 && i < 900);
      flux[i] =
          good
              ? (float) (5 + Math.sin(i / 200.0) * 3 + (2 - i / 4e3) * random.nextGaussian())
              : FILL;
      ivar[i] = good ? 1 : 0;
    }
    float[] written = write(new ContrastNormalisation(), flux, ivar);
    float[] naive = naiveContrast(flux, ivar);
    assertThat(written).containsExactly(naive, within(2e-5f));
  }

  @Test
  void shouldDivideByTheNormOfTheGoodPixels() {
    float[] flux = {3, FILL, 4, 0};
    float[] ivar = {1, 0, 1, 1};
    assertThat(write(new UnitNormNormalisation(), flux, ivar))
        .containsExactly(new float[] {1.2f, 0, 1.6f, 0}, within(1e-6f));
  }

  @ParameterizedTest
  @ValueSource(strings = {"contrast2", "unit-norm"})
  void shouldStayFiniteOnDegenerateSpectra(String name) {
    Normalisation normalisation = Normalisations.byName(name);
    float[] ones = filled(1);
    float[] nothing = filled(0);
    float[] single = filled(0);
    single[1234] = 1;
    float[] pair = filled(0);
    pair[0] = 1;
    pair[PIXELS - 1] = 1;
    float[] spike = filled(0);
    spike[77] = 1e30f;
    float[] wild = filled(0);
    for (int i = 0; i < PIXELS; i++) {
      wild[i] = i % 2 == 0 ? Float.MAX_VALUE : -Float.MAX_VALUE;
    }
    float[] tiny = filled(Float.MIN_VALUE);
    tiny[3] = 0;
    float[] ramp = filled(0);
    for (int i = 0; i < PIXELS; i++) {
      ramp[i] = i;
    }
    for (float[] flux : new float[][] {filled(7.3f), nothing, spike, wild, tiny, ramp}) {
      for (float[] ivar : new float[][] {ones, nothing, single, pair}) {
        float[] written = write(normalisation, flux, ivar);
        for (int i = 0; i < written.length; i++) {
          assertThat(written[i]).as("value %d", i).isFinite();
          if (ivar[i / normalisation.channels()] == 0) {
            assertThat(written[i]).as("value %d, without information", i).isZero();
          }
        }
      }
    }
  }

  @Test
  void shouldShowNothingWhereThereIsNoContrast() {
    assertThat(write(new ContrastNormalisation(), filled(0.1f), filled(1)))
        .containsOnly(new float[] {0});
  }

  @Test
  void shouldNotDependOnTheFluxUnitNorOnTheFill() {
    Random random = new Random(5);
    float[] flux = new float[PIXELS];
    float[] scaled = new float[PIXELS];
    float[] ivar = filled(1);
    for (int i = 0; i < PIXELS; i++) {
      flux[i] = (float) (1 + random.nextGaussian());
      scaled[i] = flux[i] * 1024;
    }
    ivar[10] = 0;
    scaled[10] = FILL;
    for (Normalisation n :
        new Normalisation[] {new ContrastNormalisation(), new UnitNormNormalisation()}) {
      assertThat(write(n, scaled, ivar)).containsExactly(write(n, flux, ivar), within(1e-5f));
    }
  }

  @Test
  void shouldNameWhatItKnowsWhenAskedForWhatItDoesNot() {
    assertThatThrownBy(() -> Normalisations.byName("zscore"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zscore")
        .hasMessageContaining("contrast2")
        .hasMessageContaining("unit-norm");
  }

  private static float[] naiveContrast(float[] flux, float[] ivar) {
    int[] good = IntStream.range(0, PIXELS).filter(i -> ivar[i] > 0).toArray();
    double[] sorted = Arrays.stream(good).mapToDouble(i -> flux[i]).sorted().toArray();
    int n = sorted.length;
    double median = n % 2 == 1 ? sorted[n / 2] : (sorted[n / 2] + sorted[n / 2 - 1]) / 2;
    double mean = Arrays.stream(sorted).average().orElseThrow();
    double std = Math.sqrt(Arrays.stream(sorted).map(v -> (v - mean) * (v - mean)).sum() / n);
    float[] out = new float[2 * PIXELS];
    for (int i : good) {
      int from = Math.max(0, i - 150);
      int to = Math.min(PIXELS - 1, i + 150);
      double local =
          Arrays.stream(good)
              .filter(j -> j >= from && j <= to)
              .mapToDouble(j -> flux[j])
              .average()
              .orElseThrow();
      double noise =
          IntStream.rangeClosed(from + 1, to)
              .filter(j -> ivar[j] > 0 && ivar[j - 1] > 0)
              .mapToDouble(j -> Math.abs(flux[j] - flux[j - 1]))
              .average()
              .orElse(0);
      noise = Math.max(noise * Math.sqrt(Math.PI) / 2, 1e-4 * std);
      out[2 * i] = (float) Math.max(-5, Math.min(5, (flux[i] - median) / std));
      out[2 * i + 1] = (float) (Math.max(-15, Math.min(15, (flux[i] - local) / noise)) / 3);
    }
    return out;
  }

  private static float[] filled(float value) {
    float[] values = new float[PIXELS];
    Arrays.fill(values, value);
    return values;
  }

  private static float[] write(Normalisation normalisation, float[] flux, float[] ivar) {
    float[] out = new float[3 + flux.length * normalisation.channels()];
    Arrays.fill(out, Float.NaN);
    Observation nothing =
        new Observation(
            "s", "t", ObjectKind.TARGET, "", "", "", "", 0, null, null, 0, null, "", null, null);
    normalisation.write(new PreparedSpectrum(nothing, flux, ivar, 1, 1), out, 3);
    assertThat(out[0]).as("before the offset").isNaN();
    return Arrays.copyOfRange(out, 3, out.length);
  }
}

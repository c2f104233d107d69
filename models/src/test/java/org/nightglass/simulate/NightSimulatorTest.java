package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.time.temporal.JulianFields;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

class NightSimulatorTest {
  private static final String NIGHT = "20260412";

  @Test
  void shouldGiveTheSameBytesForTheSameSeedWhateverWasAskedBefore() {
    NightSimulator first = new NightSimulator(7, NIGHT, 50);
    NightSimulator second = new NightSimulator(7, NIGHT, 50);
    for (int i = 0; i < 60; i++) {
      second.spectrum(i);
    }
    for (int i : new int[] {59, 0, 13, 500}) {
      SimulatedSpectrum a = first.spectrum(i);
      SimulatedSpectrum b = second.spectrum(i);
      assertThat(a.truth()).isEqualTo(b.truth());
      assertThat(a.spectrum().observation()).isEqualTo(b.spectrum().observation());
      assertThat(arm(a).flux()).containsExactly(arm(b).flux());
      assertThat(arm(a).ivar()).containsExactly(arm(b).ivar());
    }
  }

  @Test
  void shouldGiveAnotherNightForAnotherSeed() {
    float[] a = arm(new NightSimulator(7, NIGHT, 50).spectrum(3)).flux();
    float[] b = arm(new NightSimulator(8, NIGHT, 50).spectrum(3)).flux();
    assertThat(a).isNotEqualTo(b);
  }

  @Test
  void shouldSimulateAPlausibleNight() {
    NightSimulator night = new NightSimulator(1, NIGHT, 100);
    double midnight =
        LocalDate.of(2026, 4, 12).getLong(JulianFields.MODIFIED_JULIAN_DAY) + 1 + 7.0 / 24;
    Map<ObjectKind, Integer> kinds = new TreeMap<>();
    Map<String, Integer> labels = new TreeMap<>();
    Set<String> ids = new HashSet<>();
    Set<String> targets = new HashSet<>();
    int spectra = 1200;
    for (int i = 0; i < spectra; i++) {
      SimulatedSpectrum simulated = night.spectrum(i);
      Observation o = simulated.spectrum().observation();
      kinds.merge(o.kind(), 1, Integer::sum);
      labels.merge(simulated.truth().label(), 1, Integer::sum);
      ids.add(o.spectrumId());
      targets.add(o.targetId());
      assertThat(o.night()).isEqualTo(NIGHT);
      assertThat(Math.abs(o.mjd() - midnight)).as("days from local midnight").isLessThan(0.25);
      assertThat(o.raDeg()).isBetween(0.0, 360.0);
      assertThat(o.decDeg()).isBetween(-90.0, 90.0);
      assertThat(o.fibre()).isEqualTo(i % 100 + 1);
      assertThat(o.kind() == ObjectKind.SKY).isEqualTo(simulated.truth().label().equals(Truth.SKY));
      assertThat(arm(simulated).grid().pixels()).isBetween(3600, 4000);
      int good = 0;
      for (int p = 0; p < arm(simulated).flux().length; p++) {
        assertThat(arm(simulated).flux()[p]).isFinite();
        assertThat(arm(simulated).ivar()[p]).isFinite().isNotNegative();
        good += arm(simulated).good(p) ? 1 : 0;
      }
      assertThat(good).isGreaterThan(2500);
    }
    assertThat(ids).hasSize(spectra);
    assertThat(targets).hasSize(spectra);
    assertThat(kinds.get(ObjectKind.SKY) / (double) spectra).isCloseTo(0.04, within(0.02));
    assertThat(kinds.get(ObjectKind.STANDARD) / (double) spectra).isCloseTo(0.03, within(0.02));
    assertThat(labels.keySet()).containsExactlyInAnyOrder("GALAXY", "QSO", "SKY", "STAR");
  }

  @Test
  void shouldReachTheSignalToNoiseRatioItStates() {
    NightSimulator night = new NightSimulator(3, NIGHT, 100);
    for (int i = 0; i < 100; i++) {
      SimulatedSpectrum simulated = night.spectrum(i);
      Arm arm = arm(simulated);
      double[] ratios = new double[arm.flux().length];
      int good = 0;
      for (int p = 0; p < ratios.length; p++) {
        if (arm.good(p)) {
          ratios[good++] = arm.flux()[p] * Math.sqrt(arm.ivar()[p]);
        }
      }
      Arrays.sort(ratios, 0, good);
      double truth = simulated.truth().snr();
      assertThat(ratios[good / 2])
          .as("%s", simulated.truth())
          .isCloseTo(truth, within(0.6 + 0.35 * truth));
    }
  }

  @Test
  void shouldRefuseWhatIsNoNight() {
    assertThatThrownBy(() -> new NightSimulator(1, "2026-04-12", 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-04-12");
    assertThatThrownBy(() -> new NightSimulator(1, NIGHT, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
    assertThatThrownBy(() -> new NightSimulator(1, NIGHT, 5).spectrum(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static Arm arm(SimulatedSpectrum simulated) {
    return simulated.spectrum().arms().get(0);
  }

  @Test
  void shouldObserveASurveysProgrammesThroughItsOwnSpectrograph() {
    NightSimulator night = new NightSimulator(7, NightSurvey.DESI, "20251221", 20);
    NightSimulator again = new NightSimulator(7, NightSurvey.DESI, "20251221", 20);
    Set<String> programmes = new TreeSet<>();
    for (int i = 0; i < 80; i++) {
      SimulatedSpectrum spectrum = night.spectrum(i);
      programmes.add(spectrum.spectrum().observation().programme());
      assertThat(spectrum.spectrum().observation().survey()).isEqualTo("desi");
      assertThat(spectrum.spectrum().arms())
          .extracting(arm -> arm.name())
          .containsExactly("b", "r", "z");
      assertThat(spectrum.spectrum().arms().get(0).flux())
          .isEqualTo(again.spectrum(i).spectrum().arms().get(0).flux());
    }
    assertThat(programmes).containsExactly("backup", "bright", "dark");
  }
}

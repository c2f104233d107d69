package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Instant;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

class SurveySpectraTest {
  private static final SurveySpectra.Exposure HOUR =
      new SurveySpectra.Exposure(3600, SkyConditions.DARK);

  @ParameterizedTest
  @EnumSource(Spectrograph.class)
  void shouldSendArmsThatPassTheApplicationsChecks(Spectrograph spectrograph) throws Exception {
    SurveySpectra spectra = spectra(spectrograph);
    for (SourceKind kind : new SourceKind[] {SourceKind.AGN, SourceKind.QUASAR, SourceKind.STAR}) {
      SurveySpectra.Observed observed = spectra.spectrum(3, 0, kind, 0.1, 19, HOUR);
      assertThat(observed.arms()).hasSameSizeAs(spectrograph.arms());
      PreparedSpectrum prepared =
          new Preparer(ModelGrid.SDSS_3600, SpectrumLimits.DEFAULT)
              .prepare(
                  new ObservedSpectrum(observation(), observed.arms()),
                  Instant.parse("2026-01-01T00:00:00Z"));
      assertThat(prepared.coverage()).isGreaterThan(0.9);
      assertThat(prepared.snr())
          .isCloseTo(observed.truth().snr(), within(0.25 + 0.1 * prepared.snr()));
    }
  }

  @Test
  void shouldGiveTheSameSourceLessNoiseInALongerExposure() {
    SurveySpectra spectra = spectra(Spectrograph.DESI);
    double once = snr(spectra, 22.5, 900, SkyConditions.DARK);
    double four = snr(spectra, 22.5, 3600, SkyConditions.DARK);
    assertThat(four / once).as("four times the time of a faint source").isBetween(1.9, 2.4);
    assertThat(snr(spectra, 22.5, 900, new SkyConditions(5, 1, 1))).isLessThan(0.9 * once);
    assertThat(snr(spectra, 22.5, 900, new SkyConditions(0, 1, 0.5))).isLessThan(0.7 * once);
    assertThat(snr(spectra, 20, 900, SkyConditions.DARK)).isGreaterThan(5 * once);
  }

  @Test
  void shouldReachTheSignalToNoiseRatioAskedFor() {
    for (double wanted : new double[] {0.5, 3, 40}) {
      SurveySpectra.Observed observed =
          spectra(Spectrograph.BOSS).spectrumOfSnr(8, 0, SourceKind.PASSIVE, 0.4, wanted, HOUR);
      assertThat(observed.truth().snr()).isCloseTo(wanted, within(0.1 * wanted));
    }
  }

  @Test
  void shouldGiveTheSameBytesForTheSameSeedAndOtherNoiseForAnotherExposure() {
    SurveySpectra.Observed a =
        spectra(Spectrograph.SDSS).spectrum(7, 1, SourceKind.STARBURST, 0.05, 18, HOUR);
    SurveySpectra.Observed b =
        spectra(Spectrograph.SDSS).spectrum(7, 1, SourceKind.STARBURST, 0.05, 18, HOUR);
    SurveySpectra.Observed c =
        spectra(Spectrograph.SDSS).spectrum(7, 2, SourceKind.STARBURST, 0.05, 18, HOUR);
    assertThat(a.truth()).isEqualTo(b.truth()).isEqualTo(c.truth());
    assertThat(a.arms().get(0).flux()).containsExactly(b.arms().get(0).flux());
    assertThat(a.arms().get(0).flux()).isNotEqualTo(c.arms().get(0).flux());
  }

  @Test
  void shouldHoldNoSignalInASkyFibre() {
    Arm arm = spectra(Spectrograph.SDSS).sky(1, 0, HOUR).arms().get(0);
    double[] ratios = new double[arm.flux().length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = arm.flux()[i] * Math.sqrt(arm.ivar()[i]);
    }
    Arrays.sort(ratios);
    assertThat(ratios[ratios.length / 2]).isBetween(-0.3, 0.3);
  }

  @Test
  void shouldDrawEveryProgrammesTargetsWithinWhatTheSpectrographCanSee() {
    for (SurveyProgramme programme : SurveyProgramme.values()) {
      SplittableRandom random = new SplittableRandom(11);
      SurveySpectra spectra = spectra(programme.spectrograph());
      for (int i = 0; i < 20; i++) {
        SurveyProgramme.Target target = programme.draw(random);
        SurveySpectra.Observed observed =
            spectra.spectrum(
                i,
                0,
                target.kind(),
                target.z(),
                target.magnitude(),
                new SurveySpectra.Exposure(programme.nominalSeconds(), SkyConditions.DARK));
        assertThat(observed.truth().snr())
            .as("%s %s at magnitude %.1f", programme, target.kind().label(), target.magnitude())
            .isBetween(0.02, 150.0);
      }
    }
  }

  @Test
  void shouldRefuseWhatCannotBeObserved() {
    assertThatThrownBy(() -> new SurveySpectra.Exposure(0, SkyConditions.DARK))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0.0");
    assertThatThrownBy(() -> new SkyConditions(0, 1, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.5");
    assertThatThrownBy(() -> SourceKind.ofLabel("GALAXY_ROUND"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ROUND");
  }

  private static double snr(
      SurveySpectra spectra, double magnitude, double seconds, SkyConditions sky) {
    return spectra
        .spectrum(
            5, 0, SourceKind.PASSIVE, 0.3, magnitude, new SurveySpectra.Exposure(seconds, sky))
        .truth()
        .snr();
  }

  private static SurveySpectra spectra(Spectrograph spectrograph) {
    return new SurveySpectra(42, spectrograph, TrainingSimulator.sources(null));
  }

  private static Observation observation() {
    return new Observation(
        "s",
        "t",
        ObjectKind.TARGET,
        "x",
        "p",
        "f",
        "e",
        1,
        null,
        null,
        58000,
        900.0,
        "r",
        null,
        null);
  }
}

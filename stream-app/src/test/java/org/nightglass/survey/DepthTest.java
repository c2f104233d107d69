package org.nightglass.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SourceKind;
import org.nightglass.simulate.Spectrograph;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.simulate.TrainingSimulator;

class DepthTest {
  private final SurveySpectra spectra =
      new SurveySpectra(1, Spectrograph.DESI, TrainingSimulator.sources(null));

  @Test
  void shouldAddExposuresUpInTheirMeanConditions() {
    SkyConditions clear = new SkyConditions(0, 1, 1);
    SkyConditions moonAndCloud = new SkyConditions(2, 1, 0.5);
    SurveySpectra.Exposure sum =
        Depth.NONE
            .plus(new SurveySpectra.Exposure(300, clear))
            .plus(new SurveySpectra.Exposure(900, moonAndCloud))
            .sum();
    assertThat(sum.seconds()).isEqualTo(1200);
    assertThat(sum.sky().moonlight()).isCloseTo(1.5, within(1e-12));
    assertThat(sum.sky().transparency()).isCloseTo(0.625, within(1e-12));
  }

  @Test
  void shouldReachTwiceTheSnrOfAFaintSourceInFourTimesTheTime() {
    double once = snr(Depth.NONE.plus(exposure()));
    double fourTimes =
        snr(Depth.NONE.plus(exposure()).plus(exposure()).plus(exposure()).plus(exposure()));
    assertThat(fourTimes / once).isBetween(1.95, 2.15);
  }

  @Test
  void shouldLoseSnrToCloudsAndMoon() {
    double dark = snr(Depth.NONE.plus(exposure()));
    double cloudy =
        snr(Depth.NONE.plus(new SurveySpectra.Exposure(1000, new SkyConditions(0, 1, 0.5))));
    double moonlit =
        snr(Depth.NONE.plus(new SurveySpectra.Exposure(1000, new SkyConditions(5, 1, 1))));
    assertThat(cloudy / dark).isBetween(0.45, 0.6);
    assertThat(moonlit / dark).isBetween(0.3, 0.9);
  }

  private static SurveySpectra.Exposure exposure() {
    return new SurveySpectra.Exposure(1000, SkyConditions.DARK);
  }

  private double snr(Depth depth) {
    return spectra
        .spectrum(3, depth.exposures(), SourceKind.PASSIVE, 0.6, 22, depth.sum())
        .truth()
        .snr();
  }
}

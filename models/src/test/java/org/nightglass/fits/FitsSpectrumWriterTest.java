package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nightglass.simulate.ParametricLibrary;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SourceKind;
import org.nightglass.simulate.Spectrograph;
import org.nightglass.simulate.SurveyLibrary;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

class FitsSpectrumWriterTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Spectrograph.class)
  void shouldReadBackEveryPixelOfEverySpectrographsArms(Spectrograph spectrograph)
      throws IOException {
    ObservedSpectrum written = simulated(spectrograph, ObjectKind.TARGET);
    Path file = folder.resolve("one.fits");
    FitsSpectrumWriter.write(file, 2017, written);
    ObservedSpectrum read = only(file);
    assertThat(read.arms()).hasSameSizeAs(written.arms());
    for (int a = 0; a < read.arms().size(); a++) {
      Arm was = written.arms().get(a);
      Arm is = read.arms().get(a);
      assertThat(is.flux()).containsExactly(was.flux());
      assertThat(is.ivar()).containsExactly(was.ivar());
      assertThat(is.medium()).isEqualTo(was.medium());
      int last = was.grid().pixels() - 1;
      for (int pixel : new int[] {0, last / 2, last}) {
        double wavelength = was.grid().wavelength(pixel);
        assertThat(is.grid().wavelength(pixel) / wavelength).isCloseTo(1, within(2e-7));
      }
    }
    assertThat(read.observation().programme()).isEqualTo("bright");
    assertThat(read.observation().exposureSeconds()).isEqualTo(900.0);
    assertThat(read.observation().mjd()).isEqualTo(60_000);
    assertThat(read.observation().targetId())
        .isEqualTo(read.arms().size() == 1 ? "sdss-0003-60000-0018" : "desi-2018");
  }

  @ParameterizedTest
  @EnumSource(Spectrograph.class)
  void shouldTellAFibreOnEmptySky(Spectrograph spectrograph) throws IOException {
    Path file = folder.resolve("sky.fits");
    FitsSpectrumWriter.write(file, 0, simulated(spectrograph, ObjectKind.SKY));
    assertThat(only(file).observation().kind()).isEqualTo(ObjectKind.SKY);
  }

  @Test
  void shouldNotWriteOverAFile() throws IOException {
    Path file = folder.resolve("one.fits");
    ObservedSpectrum spectrum = simulated(Spectrograph.SDSS, ObjectKind.TARGET);
    FitsSpectrumWriter.write(file, 0, spectrum);
    assertThatThrownBy(() -> FitsSpectrumWriter.write(file, 0, spectrum))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessageContaining("one.fits");
    assertThatThrownBy(() -> FitsSpectrumWriter.write(file, -1, spectrum))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static ObservedSpectrum simulated(Spectrograph spectrograph, ObjectKind kind) {
    SurveySpectra.Observed observed =
        new SurveySpectra(1, spectrograph, new SurveyLibrary(List.of(new ParametricLibrary())))
            .spectrum(
                0,
                0,
                SourceKind.PASSIVE,
                0.1,
                18,
                new SurveySpectra.Exposure(900, SkyConditions.DARK));
    Observation observation =
        new Observation(
            "s", "t", kind, "test", "bright", "f", "e", 7, null, null, 60_000, 900.0, "1", null,
            null);
    return new ObservedSpectrum(observation, observed.arms());
  }

  private static ObservedSpectrum only(Path file) {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
      return spectra.toList().get(0);
    }
  }
}

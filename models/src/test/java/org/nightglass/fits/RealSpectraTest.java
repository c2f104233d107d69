package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.SharedData;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/** Every real spectrum is read and prepared. */
class RealSpectraTest {

  @ParameterizedTest
  @CsvSource({"real/spectra, 197, 0", "real/sky, 85, 85"})
  void shouldReadAndPrepareEverySdssSpectrum(String folder, int count, int sky) throws IOException {
    List<ObservedSpectrum> spectra = new ArrayList<>();
    for (Path file : SpectrumFiles.walk(List.of(SharedData.folder(folder)))) {
      try (Stream<ObservedSpectrum> read = FitsSpectra.read(file)) {
        read.forEach(spectra::add);
      }
    }
    assertThat(spectra).hasSize(count);
    assertThat(spectra).filteredOn(s -> s.observation().kind() == ObjectKind.SKY).hasSize(sky);
    HashSet<String> ids = new HashSet<>();
    Preparer preparer = new Preparer(ModelGrid.SDSS_3600, SpectrumLimits.DEFAULT);
    for (ObservedSpectrum spectrum : spectra) {
      assertThat(ids.add(spectrum.observation().targetId())).isTrue();
      assertThat(spectrum.arms().get(0).grid()).isInstanceOf(WavelengthGrid.Log.class);
      PreparedSpectrum prepared = preparer.prepare(spectrum, Instant.parse("2026-01-01T00:00:00Z"));
      assertThat(prepared.coverage())
          .as("coverage of %s", spectrum.observation().spectrumId())
          .isBetween(0.76, 1.0);
      for (float flux : prepared.flux()) {
        assertThat(flux).isFinite();
      }
    }
  }

  @Test
  void shouldReadEveryDesiCoadd() throws IOException {
    int spectra = 0;
    Preparer preparer = new Preparer(ModelGrid.SDSS_3600, SpectrumLimits.DEFAULT);
    for (Path file : SpectrumFiles.walk(List.of(SharedData.folder("real/desi")))) {
      if (file.toString().contains("coadd")) {
        try (Stream<ObservedSpectrum> read = FitsSpectra.read(file)) {
          for (ObservedSpectrum spectrum : read.toList()) {
            assertThat(spectrum.arms()).hasSize(3);
            PreparedSpectrum prepared =
                preparer.prepare(spectrum, Instant.parse("2026-01-01T00:00:00Z"));
            assertThat(prepared.coverage()).isGreaterThan(0.99);
            assertThat(prepared.snr()).isBetween(0.5, 30.0);
            spectra++;
          }
        }
      }
    }
    assertThat(spectra).isEqualTo(8);
  }
}

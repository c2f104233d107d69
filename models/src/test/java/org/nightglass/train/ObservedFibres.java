package org.nightglass.train;

import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SourceKind;
import org.nightglass.simulate.Spectrograph;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.simulate.TrainingSimulator;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/** Fibres of a survey, a third each of galaxies, quasars and, if wanted, stars. */
record ObservedFibres(int fibres, boolean stars) implements ObservedSource {
  @Override
  public String description() {
    return fibres + " fibres";
  }

  @Override
  public void read(Reader reader) {
    SurveySpectra spectra =
        new SurveySpectra(1, Spectrograph.SDSS, TrainingSimulator.sources(null));
    SurveySpectra.Exposure exposure = new SurveySpectra.Exposure(2700, SkyConditions.DARK);
    SourceKind[] kinds = {SourceKind.AGN, SourceKind.QUASAR, SourceKind.STAR};
    for (int i = 0; i < fibres; i++) {
      SourceKind kind = kinds[i % (stars ? 3 : 2)];
      double z = kind == SourceKind.STAR ? 0 : 0.1 + 0.3 * (i % 7) / 7;
      String id = "fibre-" + i;
      Observation observation =
          new Observation(
              id,
              id,
              ObjectKind.TARGET,
              "s",
              "p",
              "f",
              "e",
              1,
              null,
              null,
              58_000,
              null,
              "r",
              null,
              null);
      reader.spectrum(
          new ObservedSpectrum(observation, spectra.spectrum(i, 0, kind, z, 18, exposure).arms()),
          kind.sourceClass().name(),
          null,
          z);
    }
  }
}

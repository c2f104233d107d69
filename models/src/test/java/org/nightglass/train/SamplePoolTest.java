package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.simulate.ParametricLibrary;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

class SamplePoolTest {

  /** An emission line may be sixty times the root mean square of a spectrum. */
  @ParameterizedTest
  @ValueSource(strings = {"unit-norm", "contrast2"})
  void shouldKeepWhatANormalisationGivesOfASpectrumWithAStrongLine(String name) {
    Normalisation normalisation = Normalisations.byName(name);
    TrainingSimulator simulator =
        new TrainingSimulator(
            1,
            new ParametricLibrary(),
            SurveyPreset.PLAIN.grid(),
            SurveyPreset.PLAIN.spectrographs());
    PreparedSpectrum drawn = simulator.spectrum(1, SourceClass.GALAXY).spectrum();
    float[] flux = new float[drawn.flux().length];
    float[] ivar = new float[flux.length];
    Arrays.fill(flux, 1);
    Arrays.fill(ivar, 1);
    flux[2000] = 1e4f;
    PreparedSpectrum spectrum =
        new PreparedSpectrum(drawn.observation(), flux, ivar, drawn.snr(), drawn.coverage());
    float[] wanted = new float[flux.length * normalisation.channels()];
    normalisation.write(spectrum, wanted, 0);
    SamplePool pool =
        SamplePool.of(
            SourceClass.GALAXY,
            List.of(SamplePool.Sample.of(spectrum, 0.1, new int[] {0}, "GALAXY", normalisation)));
    float[] kept = new float[wanted.length];
    pool.write(0, kept, 0);
    for (int i = 0; i < wanted.length; i++) {
      assertThat(kept[i]).isCloseTo(wanted[i], within(2e-5f * normalisation.limit(flux.length)));
    }
    assertThat(kept[2000 * normalisation.channels()])
        .isCloseTo(name.equals("unit-norm") ? 66.09f : 5f, within(0.01f));
  }
}

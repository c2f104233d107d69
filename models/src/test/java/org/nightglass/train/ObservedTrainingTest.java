package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SourceKind;
import org.nightglass.simulate.Spectrograph;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.simulate.TrainingSimulator;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/** Trains on spectra that come as observed ones do: arms, a class, a redshift. */
class ObservedTrainingTest {
  @TempDir Path directory;

  @Test
  void shouldTrainOnObservedSpectraAndSayWhereTheyCameFrom() throws Exception {
    Set<String> stages = new LinkedHashSet<>();
    ModelCard card =
        new BundleTrainer(
                config(), new Survey(600, true), (stage, done, detail) -> stages.add(stage))
            .run();
    assertThat(stages).contains("read", "train GALAXY-0").doesNotContain("simulate");
    assertThat(card.provenance().get("training")).contains("observed=600 fibres");
    assertThat(card.metrics()).containsKey("heldBack.QSO.nmad");
    try (SavedModelEngine engine =
        SavedModelEngine.open(
            ModelBundle.open(directory.resolve("bundles/own/1")), EngineOptions.DEFAULT)) {
      engine.warmUp();
    }
  }

  @Test
  void shouldSayWhichFamilyHasTooFewSpectra() {
    assertThatThrownBy(
            () ->
                new BundleTrainer(config(), new Survey(300, false), (stage, done, detail) -> {})
                    .run())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("only 0 spectra of STAR", "at least 10");
  }

  private TrainingConfig config() {
    return new TrainingConfig(
        "own",
        "1",
        SurveyPreset.PLAIN,
        "contrast2",
        null,
        1,
        100,
        100,
        3,
        3,
        3,
        3,
        2,
        16,
        1,
        TrainingConfig.ClassifierNetwork.COMPACT,
        1.0 / 16,
        TrainingConfig.RedshiftNetwork.CROSS_CORRELATION,
        directory.resolve("bundles"),
        directory.resolve("work"),
        null);
  }

  /** Fibres of a survey, a third each of galaxies, quasars and, if wanted, stars. */
  private record Survey(int fibres, boolean stars) implements ObservedSource {
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
}

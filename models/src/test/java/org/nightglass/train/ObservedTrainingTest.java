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

/** Trains on spectra that come as observed ones do: arms, a class, a redshift. */
class ObservedTrainingTest {
  @TempDir Path directory;

  @Test
  void shouldTrainOnObservedSpectraAndSayWhereTheyCameFrom() throws Exception {
    Set<String> stages = new LinkedHashSet<>();
    ModelCard card =
        new BundleTrainer(
                config(), new ObservedFibres(600, true), (stage, done, detail) -> stages.add(stage))
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
                new BundleTrainer(
                        config(), new ObservedFibres(300, false), (stage, done, detail) -> {})
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
}

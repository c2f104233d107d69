package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.prepare.ModelGrid;

class BundleCalibratorTest {
  private static final List<String> PLAIN = List.of("GALAXY", "QSO", "STAR");

  @TempDir Path directory;

  @Test
  void shouldFitAnewWhatIsNotInTheNetworks() throws IOException {
    ModelBundle desi = desi();
    ModelCard card = calibrate(desi, "anew", null);
    assertThat(card.version()).isEqualTo("anew");
    assertThat(card.sha256()).as("the same files").isEqualTo(desi.card().sha256());
    assertThat(card.classifier().network()).isEqualTo(desi.card().classifier().network());
    assertThat(card.classifier().temperature())
        .isNotEqualTo(desi.card().classifier().temperature());
    assertThat(card.redshifts())
        .allSatisfy(
            redshift -> {
              assertThat(redshift.calibration()).isNotNull();
              assertThat(redshift.calibration().sharpness()).isBetween(0.1, 10.0);
              assertThat(redshift.acceptance()).isNotNull();
            });
    assertThat(card.provenance())
        .containsEntry("calibratedFrom", "desi/" + desi.card().version())
        .containsEntry("training", desi.card().provenance().get("training"))
        .containsEntry("calibration", "templates=none seed=3 spectrographs=desi");
    assertThat(card.metrics().get("simulated.GALAXY.familyRight")).isGreaterThan(0.8);
    opens(card);
    assertThatThrownBy(() -> calibrate(desi, "anew", null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is a bundle already");
  }

  @Test
  void shouldCalibrateOnASurveysOwnSpectra() throws IOException {
    ModelCard card = calibrate(desi(), "own", new ObservedFibres(240, true));
    assertThat(card.provenance())
        .containsEntry("calibration", "observed=240 fibres")
        .as("how many were simulated")
        .doesNotContainKey("heldBack");
    assertThat(card.metrics()).containsKey("heldBack.QSO.nmad");
    assertThat(card.metrics().keySet()).noneMatch(name -> name.startsWith("simulated."));
    opens(card);
  }

  /** No output for what is no source, points instead of distributions, one ensemble for all. */
  @Test
  void shouldCalibrateAForeignModel() throws IOException {
    Path folder = directory.resolve("foreign");
    UntrainedGasNet2.write(folder, ModelGrid.SDSS_3600, PLAIN, 2);
    ModelBundle foreign = ModelBundle.open(folder);
    ModelCard card = calibrate(foreign, "2", null);
    assertThat(card.classifier().outlierLimit()).isNull();
    assertThat(card.classifier().secondOpinion()).isNull();
    assertThat(foreign.card().redshifts().get(0).calibration()).isNull();
    assertThat(card.redshifts().get(0).calibration()).isNotNull();
    assertThat(card.redshifts().get(0).calibration().sharpness()).as("of points").isNull();
    assertThat(card.metrics()).containsKeys("simulated.GALAXY.nmad", "simulated.STAR.nmad");
    assertThat(card.metrics().get("simulated.GALAXY.purity"))
        .as("untrained networks are not let through for nothing")
        .satisfiesAnyOf(p -> assertThat(p).isNull(), p -> assertThat(p).isBetween(0.0, 1.0));
    opens(card);
  }

  @Test
  void shouldListEveryFaultOfAConfiguration() {
    ModelBundle desi = desi();
    assertThatThrownBy(
            () -> new CalibrationConfig(desi, "../1", SurveyPreset.DESI, null, 1, 5, directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("../1", "heldBack 100..100000: 5");
  }

  private static ModelBundle desi() {
    return ModelBundles.find("desi", List.of(Path.of("bundles")));
  }

  private ModelCard calibrate(ModelBundle bundle, String version, ObservedSource observed)
      throws IOException {
    CalibrationConfig config =
        new CalibrationConfig(
            bundle, version, SurveyPreset.DESI, null, 3, 150, directory.resolve("bundles"));
    return new BundleCalibrator(config, observed, (stage, done, detail) -> {}).run();
  }

  private void opens(ModelCard card) {
    assertThat(card.metrics().values()).allSatisfy(value -> assertThat(value).isFinite());
    ModelBundle written =
        ModelBundle.open(directory.resolve("bundles").resolve(card.name()).resolve(card.version()));
    assertThat(written.card()).isEqualTo(card);
    try (SavedModelEngine engine = SavedModelEngine.open(written, EngineOptions.DEFAULT)) {
      engine.warmUp();
    }
  }
}

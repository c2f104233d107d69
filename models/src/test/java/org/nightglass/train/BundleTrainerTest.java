package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nightglass.infer.ModelCard;
import org.nightglass.train.TrainingConfig.RedshiftNetwork;

class BundleTrainerTest {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource(RedshiftNetwork.class)
  void shouldMakeAWholeBundle(RedshiftNetwork kind) throws Exception {
    Set<String> stages = new LinkedHashSet<>();
    ModelCard card =
        new BundleTrainer(config("tiny", 1, kind), (stage, done, detail) -> stages.add(stage))
            .run();
    assertThat(stages)
        .contains("simulate", "train classifier", "train GALAXY-1", "calibrate", "export");
    Path bundle = directory.resolve("bundles/tiny/1");
    ModelCard read =
        new ObjectMapper().readValue(bundle.resolve("card.json").toFile(), ModelCard.class);
    assertThat(read).isEqualTo(card);
    boolean points = kind != RedshiftNetwork.CROSS_CORRELATION;
    assertThat(card.sha256().keySet())
        .as("stars have no network of points, as in GaSNet-II")
        .hasSize(points ? 3 : 4)
        .contains(
            "classifier/saved_model.pb",
            "redshift-galaxy/saved_model.pb",
            "redshift-qso/saved_model.pb");
    for (Map.Entry<String, String> sum : card.sha256().entrySet()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Files.readAllBytes(bundle.resolve(sum.getKey())));
      assertThat(HexFormat.of().formatHex(digest)).as(sum.getKey()).isEqualTo(sum.getValue());
    }
    assertThat(card.classifier().secondOpinion() == null)
        .as("points have no peak to ask about")
        .isEqualTo(points);
    assertThat(card.metrics().values()).allSatisfy(value -> assertThat(value).isFinite());
    assertThat(card.metrics().containsKey("simulated.STAR.nmad"))
        .as("no figure of redshifts that are not estimated")
        .isNotEqualTo(points);
    assertThat(card.classifier().classes()).containsExactly("GALAXY", "QSO", "STAR");
    assertThat(card.redshifts()).hasSize(points ? 2 : 3).allMatch(r -> r.members() == 2);
    assertThatThrownBy(() -> run(config("tiny", 1, kind)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is a bundle already");
  }

  @Test
  void shouldShareRedshiftNetworksBetweenBundles() throws IOException {
    RedshiftNetwork kind = RedshiftNetwork.CROSS_CORRELATION;
    run(config("tiny", 1, kind));
    Path networks = directory.resolve("work-tiny/redshifts");
    Set<String> stages = new LinkedHashSet<>();
    TrainingConfig sharing = config("tiny10", 1, kind, SurveyPreset.FOURMOST10, networks);
    ModelCard card = new BundleTrainer(sharing, (stage, done, detail) -> stages.add(stage)).run();
    assertThat(stages).contains("train classifier").doesNotContain("train GALAXY-0");
    assertThat(card.classifier().classes()).hasSize(10);
    assertThat(card.redshifts().get(0).classes())
        .containsExactly("GALAXY_PASSIVE", "GALAXY_STARFORMING", "GALAXY_AGN");
    assertThat(card.sha256()).containsKey("redshift-star/saved_model.pb");
    assertThatThrownBy(() -> run(config("tiny11", 1, kind, SurveyPreset.DESI, directory)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("GALAXY-0.weights");
  }

  @Test
  void shouldNotGoOnFromAnotherConfigurationsCheckpoints() throws IOException {
    Files.createDirectories(directory.resolve("work-tiny"));
    Files.writeString(directory.resolve("work-tiny/configuration.txt"), "seed=2");
    assertThatThrownBy(() -> run(config("tiny", 1, RedshiftNetwork.CROSS_CORRELATION)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("work-tiny", "seed=2", "seed=1");
  }

  @Test
  void shouldListAllFaultsOfAConfigurationAtOnce() {
    assertThatThrownBy(
            () ->
                new TrainingConfig(
                    "Bad name",
                    "../1",
                    SurveyPreset.PLAIN,
                    "contrast2",
                    null,
                    1,
                    10,
                    5,
                    0,
                    0,
                    0,
                    0,
                    -1,
                    1,
                    0,
                    TrainingConfig.ClassifierNetwork.COMPACT,
                    9,
                    RedshiftNetwork.CROSS_CORRELATION,
                    directory,
                    directory,
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "Bad name",
            "../1",
            "poolSize",
            "heldBack",
            "classifierSteps",
            "redshiftSteps",
            "quasarSteps",
            "starSteps",
            "patience",
            "batch",
            "members",
            "classifierWidth");
  }

  private static ModelCard run(TrainingConfig config) throws IOException {
    return new BundleTrainer(config, (stage, done, detail) -> {}).run();
  }

  private TrainingConfig config(String name, long seed, RedshiftNetwork kind) {
    return config(name, seed, kind, SurveyPreset.PLAIN, null);
  }

  private TrainingConfig config(
      String name, long seed, RedshiftNetwork kind, SurveyPreset survey, Path redshifts) {
    return new TrainingConfig(
        name,
        "1",
        survey,
        "contrast2",
        null,
        seed,
        100,
        100,
        3,
        3,
        3,
        3,
        0,
        16,
        2,
        TrainingConfig.ClassifierNetwork.GASNET2,
        1.0 / 16,
        kind,
        directory.resolve("bundles"),
        directory.resolve("work-" + name),
        redshifts);
  }
}

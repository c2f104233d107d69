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
    assertThat(card.sha256().keySet())
        .containsExactlyInAnyOrder(
            "classifier/saved_model.pb",
            "redshift-galaxy/saved_model.pb",
            "redshift-qso/saved_model.pb");
    for (Map.Entry<String, String> sum : card.sha256().entrySet()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(Files.readAllBytes(bundle.resolve(sum.getKey())));
      assertThat(HexFormat.of().formatHex(digest)).as(sum.getKey()).isEqualTo(sum.getValue());
    }
    assertThat(card.metrics().values()).allSatisfy(value -> assertThat(value).isFinite());
    assertThat(card.classifier().classes()).containsExactly("GALAXY", "QSO", "STAR");
    assertThat(card.redshifts()).hasSize(2).allMatch(r -> r.members() == 2);
    assertThatThrownBy(() -> run(config("tiny", 1, kind)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("there is a bundle already");
  }

  @Test
  void shouldNotGoOnFromAnotherConfigurationsCheckpoints() throws IOException {
    Files.createDirectories(directory.resolve("work"));
    Files.writeString(directory.resolve("work/configuration.txt"), "seed=2");
    assertThatThrownBy(() -> run(config("tiny", 1, RedshiftNetwork.CROSS_CORRELATION)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("work", "seed=2", "seed=1");
  }

  @Test
  void shouldListAllFaultsOfAConfigurationAtOnce() {
    assertThatThrownBy(
            () ->
                new TrainingConfig(
                    "Bad name",
                    "../1",
                    null,
                    1,
                    10,
                    5,
                    0,
                    0,
                    1,
                    0,
                    9,
                    RedshiftNetwork.CROSS_CORRELATION,
                    directory,
                    directory))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "Bad name",
            "../1",
            "poolSize",
            "heldBack",
            "classifierSteps",
            "redshiftSteps",
            "batch",
            "members",
            "classifierWidth");
  }

  private static void run(TrainingConfig config) throws IOException {
    new BundleTrainer(config, (stage, done, detail) -> {}).run();
  }

  private TrainingConfig config(String name, long seed, RedshiftNetwork kind) {
    return new TrainingConfig(
        name,
        "1",
        null,
        seed,
        100,
        100,
        3,
        3,
        16,
        2,
        1.0 / 16,
        kind,
        directory.resolve("bundles"),
        directory.resolve("work"));
  }
}

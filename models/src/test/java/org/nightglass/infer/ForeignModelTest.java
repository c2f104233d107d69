package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.ClassifierKind;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;

/**
 * A model that others have trained, in the manner of GaSNet-II: other names of tag, signature and
 * tensors, a classifier that ends in a softmax, ten members' z·10 in one output. Its card alone
 * makes it run.
 */
class ForeignModelTest {
  private static final List<String> CLASSES = List.of("GALAXY", "QSO", "STAR");
  private static final int MEMBERS = 10;

  @Test
  void shouldRunAForeignModelByItsCardAlone(@TempDir Path root) throws IOException {
    Path directory = root.resolve("foreign/2");
    Network classifier =
        new Network("keras", "other-tag", "classify", "input_1", "dense_3", "unit-norm");
    Network redshift = new Network("members", "serve", "predict_z", "flux", "z10", "unit-norm");
    TinyBundle.export(
        directory.resolve("keras"),
        classifier,
        (tf, pixels) -> tf.nn.softmax(TinyBundle.slice(tf, pixels, 0, CLASSES.size())));
    TinyBundle.export(
        directory.resolve("members"),
        redshift,
        (tf, pixels) -> TinyBundle.slice(tf, pixels, 10, MEMBERS));
    ModelCards.write(card(directory, classifier, redshift), directory.resolve(ModelCards.FILE));

    Map<Integer, Float> pixels = new HashMap<>(Map.of(0, 0.5f, 1, 2f, 2, 0f));
    for (int m = 0; m < MEMBERS; m++) {
      pixels.put(10 + m, 1 + 0.1f * m);
    }
    try (SavedModelEngine engine =
        SavedModelEngine.open(ModelBundle.open(directory), EngineOptions.DEFAULT)) {
      engine.warmUp();
      Inference inference = engine.infer(List.of(TinyBundle.spectrum("s", pixels))).get(0);
      double unit = unitNorm(pixels);
      double sum = Math.exp(0.5 * unit) + Math.exp(2 * unit) + 1;
      assertThat(inference.best()).isEqualTo(1);
      assertThat(inference.probabilities()[1]).isCloseTo(Math.exp(2 * unit) / sum, within(1e-4));
      assertThat(inference.outlier()).isNull();
      RedshiftEstimate estimate = Objects.requireNonNull(inference.redshift());
      assertThat(estimate.memberZ()).hasSize(MEMBERS);
      assertThat(estimate.z()).as("mean of the members").isCloseTo(0.145 * unit, within(1e-4));
      // Ten values 0.01 apart: a deviation (ddof 0) of 0.01·√(99/12).
      assertThat(estimate.zErr()).isCloseTo(0.01 * unit * Math.sqrt(99 / 12.0), within(1e-4));
      assertThat(estimate.peakProbability()).isNull();
    }
  }

  /** The normalisation divides by the row's norm and multiplies by the root of its length. */
  private static double unitNorm(Map<Integer, Float> pixels) {
    double norm = 0;
    for (int i = 0; i < TinyBundle.PIXELS; i++) {
      double value = pixels.getOrDefault(i, 0.1f);
      norm += value * value;
    }
    return Math.sqrt(TinyBundle.PIXELS / norm);
  }

  private static ModelCard card(Path directory, Network classifier, Network redshift)
      throws IOException {
    return new ModelCard(
        "foreign",
        "2",
        "made elsewhere",
        TinyBundle.GRID,
        List.of(1, 8),
        new Classifier(classifier, CLASSES, 1, null, ClassifierKind.PROBABILITIES),
        List.of(
            new Redshift(
                List.of("GALAXY", "QSO"),
                redshift,
                RedshiftKind.POINTS,
                MEMBERS,
                null,
                null,
                null,
                10.0,
                null)),
        new Acceptance(0.5, 0.5, 0.01, 1, 0.5),
        Map.of(),
        Map.of(),
        ModelBundle.checksums(directory));
  }
}

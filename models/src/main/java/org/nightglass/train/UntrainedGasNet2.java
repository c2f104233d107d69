package org.nightglass.train;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.UnitNormNormalisation;

/**
 * GaSNet-II's networks as published (arXiv:2311.04146), layer for layer and at full width, with the
 * weights that they start from: what they cost to run does not depend on what they have learnt.
 *
 * <p>All classes share one ensemble. The paper has one for each class; a spectrum runs through one
 * either way, and one ensemble gets fuller batches, which flatters the paper's networks if
 * anything.
 */
public final class UntrainedGasNet2 {
  private static final String NAME = "gasnet2-untrained";
  private static final String ENSEMBLE = "redshift";
  private static final List<Integer> BATCH_SIZES = List.of(1, 32, 64, 128, 192, 256);

  private UntrainedGasNet2() {}

  /**
   * Writes a bundle.
   *
   * @param bundle its folder, which is made
   * @param grid 3,600 pixels in the paper
   * @param classes 13 in the paper
   * @param members of the ensemble, ten in the paper
   */
  public static void write(Path bundle, ModelGrid grid, List<String> classes, int members)
      throws IOException {
    Network classifier = new GasNet2(grid.pixels(), 1, 1, classes.size(), false);
    save(classifier, FrozenNetwork.Form.LOGITS, 1, bundle.resolve(BundlePlan.CLASSIFIER_FOLDER));
    Network regression = new GasNet2(grid.pixels(), 1, 1, 1, false);
    save(regression, FrozenNetwork.Form.POINTS, members, bundle.resolve(ENSEMBLE));
    ModelCard card =
        new ModelCard(
            NAME,
            "1",
            "GaSNet-II as published, untrained: to measure what it costs, for nothing else.",
            grid,
            BATCH_SIZES,
            new ModelCard.Classifier(
                network(BundlePlan.CLASSIFIER_FOLDER, FrozenNetwork.Form.LOGITS), classes, 1),
            List.of(
                new ModelCard.Redshift(
                    classes,
                    network(ENSEMBLE, FrozenNetwork.Form.POINTS),
                    ModelCard.RedshiftKind.POINTS,
                    members,
                    null,
                    null,
                    null,
                    BundlePlan.POINT_SCALE,
                    null)),
            new ModelCard.Acceptance(1, 1, 0, 0, 0),
            Map.of("training", "none"),
            Map.of(),
            Map.of());
    ModelCard unused = BundleWriter.write(bundle, card);
  }

  private static void save(Network network, FrozenNetwork.Form form, int members, Path folder)
      throws IOException {
    List<Weights> weights =
        IntStream.range(0, members).mapToObj(seed -> initial(network, seed)).toList();
    try (FrozenNetwork frozen = new FrozenNetwork(network, form, weights)) {
      frozen.save(folder);
    }
  }

  private static Weights initial(Network network, long seed) {
    try (TrainingGraph graph = new TrainingGraph(network, Objective.CROSS_ENTROPY, seed)) {
      return graph.weights(0);
    }
  }

  private static ModelCard.Network network(String folder, FrozenNetwork.Form form) {
    return new ModelCard.Network(
        folder,
        FrozenNetwork.TAG,
        FrozenNetwork.SIGNATURE,
        FrozenNetwork.INPUT,
        form.output(),
        UnitNormNormalisation.NAME);
  }
}

package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.NetworkCost;
import org.nightglass.infer.Precision;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;

class NetworkTest {

  static Stream<CrossCorrelation> correlations() {
    return Stream.of(
        new CrossCorrelation(160, 2, 3, 320, 2, 24), // fewer positions than a block of 107
        new CrossCorrelation(160, 2, 3, 64, 1, 24), // one block of 64, and 16 positions more
        new CrossCorrelation(1024, 2, 2, 256, 2, 8), // two by two blocks of 128, nothing more
        new CrossCorrelation(2184, 2, 2, 1088, 2, 8), // four by eight of 136, as of quasars
        new CrossCorrelation(4368, 2, 2, 1088, 2, 8), // eight by eight, and 4 positions more
        new CrossCorrelation(4368, 2, 1, 512, 1, 8)); // 17 by 4 of 128, and 8 more
  }

  /** Both by as many products as the formula has and by fewer. */
  @ParameterizedTest
  @MethodSource("correlations")
  void shouldCorrelateAsTheFormulaSays(CrossCorrelation network) {
    int positions = network.pixels() / network.stride();
    int bins = network.bins();
    int features = network.features();
    Random random = new Random(1);
    float[] x = gaussian(random, 2 * positions * features);
    float[] t = gaussian(random, (positions + bins - 1) * features);
    float[] expected = new float[2 * bins];
    for (int n = 0; n < 2; n++) {
      for (int s = 0; s < bins; s++) {
        double sum = 0;
        for (int p = 0; p < positions; p++) {
          for (int c = 0; c < features; c++) {
            sum +=
                (double) x[(n * positions + p) * features + c]
                    * t[(p - s + bins - 1) * features + c];
          }
        }
        expected[n * bins + s] = (float) sum;
      }
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> spectra =
          tf.constant(Shape.of(2, 1, positions, features), DataBuffers.of(x));
      Operand<TFloat32> templates =
          tf.constant(Shape.of(positions + bins - 1, features), DataBuffers.of(t));
      FrozenLayers frozen = new FrozenLayers(tf, "network", new Weights(0, Map.of()));
      VariableLayers variable =
          new VariableLayers(tf, 1, tf.constant(0f), tf.constant(new int[2]), null);
      for (Layers layers : List.of(frozen, variable)) {
        Operand<TFloat32> logits = network.correlate(tf, layers, spectra, templates);
        frozen.initialisers().forEach(one -> session.runner().addTarget(one).run().close());
        try (Result result = session.runner().fetch(logits).run()) {
          float[] found = new float[2 * bins];
          result.get(0).asRawTensor().data().asFloats().read(found);
          assertThat(found).as("%s", layers).containsExactly(expected, within(1e-3f));
        }
      }
    }
  }

  @Test
  void shouldHaveThePaperNumberOfWeights() {
    assertThat(trainedWeights(new GasNet2(3600, 1, 0.25, 1, false)))
        .as("quarter width, as measured for the project's design: 319k")
        .isBetween(315_000L, 322_000L);
    // Conv kernels 5·(2·in·out + out²), shortcut bias, BN scale and offset twice; dense 1536·256.
    long expected = 0;
    int in = 1;
    for (int out : new int[] {16, 32, 64, 128, 256, 512}) {
      expected += 5L * (2L * in * out + (long) out * out) + out + 4L * out;
      in = out;
    }
    expected += 3L * 512 * 256 + 256 + 256 * 13 + 13;
    assertThat(trainedWeights(new GasNet2(3600, 1, 1, 13, false))).isEqualTo(expected);
  }

  @Test
  void shouldHaveNoMoreWeightsThanItsDescriptionSays() {
    // Kernels; bias of the features; scale and offset of four normalisations; templates; bias.
    long twoHalvings = 11 * 2 * 8 + 7 * 8 * 16 + 2 * 5 * 16 * 16 + 16 * 5 + 5;
    twoHalvings += 2 * (8 + 3 * 16) + (1092 + 1088 - 1) * 5 + 1088;
    assertThat(trainedWeights(new CrossCorrelation(4368, 2, 5, 1088, 2, 16)))
        .isEqualTo(twoHalvings);
    long threeHalvings = 11 * 2 * 8 + 7 * 8 * 16 + 3 * 5 * 16 * 16 + 16 * 6 + 6;
    threeHalvings += 2 * (8 + 4 * 16) + (546 + 1088 - 1) * 6 + 1088;
    assertThat(trainedWeights(new CrossCorrelation(4368, 2, 6, 1088, 3, 16)))
        .isEqualTo(threeHalvings);
  }

  @Test
  void shouldCostWhatItsLayersSay(@TempDir Path folder) throws IOException {
    CrossCorrelation network = new CrossCorrelation(160, 2, 3, 320, 2, 24);
    NetworkCost cost = cost(network, FrozenNetwork.Form.DISTRIBUTION, 2, folder.resolve("shift"));
    // A folded normalisation leaves one bias a channel; templates count once, not their copies.
    long parameters = 11 * 2 * 8 + 8 + 7 * 8 * 24 + 24 + 2 * (5 * 24 * 24 + 24) + 24 * 3 + 3;
    parameters += (40 + 320 - 1) * 3 + 320;
    assertThat(cost.parameters()).isEqualTo(2 * parameters);
    long products = 80L * 8 * 11 * 2 + 40L * 24 * 7 * 8 + 2 * 40L * 24 * 5 * 24 + 40L * 3 * 24;
    products += 320L * 40 * 3;
    assertThat(cost.flop()).isEqualTo(2.0 * 2 * products);
    // Of eight blocks by eight 27 products instead of 64; four positions have their own.
    CrossCorrelation galaxies = new CrossCorrelation(4368, 2, 5, 1088, 2, 16);
    long fewer = 2184L * 8 * 11 * 2 + 1092L * 16 * 7 * 8 + 2 * 1092L * 16 * 5 * 16 + 1092L * 5 * 16;
    fewer += 27 * 136L * 136 * 5 + 4 * 5 * 1088;
    assertThat(cost(galaxies, FrozenNetwork.Form.LOGITS, 1, folder.resolve("fewer")).flop())
        .isEqualTo(2.0 * fewer);
    GasNet2 published = new GasNet2(1824, 1, 1.0 / 16, 3, true);
    long folded = 0;
    int in = 1;
    for (int out : new int[] {1, 2, 4, 8, 16, 32}) {
      folded += 5L * (2L * in * out + (long) out * out) + 3L * out;
      in = out;
    }
    folded += 32L * 256 + 256 + 256 * 3 + 3;
    assertThat(cost(published, FrozenNetwork.Form.LOGITS, 1, folder.resolve("gasnet")).parameters())
        .isEqualTo(folded);
  }

  static Stream<Network> shapes() {
    return Stream.of(
        new CrossCorrelation(2184, 2, 2, 1088, 2, 8),
        new CompactClassifier(720, 2, 5),
        new GasNet2(1824, 1, 1.0 / 16, 3, false));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void shouldSayAlmostTheSameWithProductsOfBfloat16(Network network, @TempDir Path folder)
      throws IOException {
    try (TrainingGraph graph = new TrainingGraph(network, Objective.CROSS_ENTROPY, 1);
        FrozenNetwork frozen =
            new FrozenNetwork(
                network, FrozenNetwork.Form.DISTRIBUTION, List.of(graph.weights(0)))) {
      frozen.save(folder);
    }
    int size = network.pixels() * network.channels();
    float[] spectra = gaussian(new Random(2), 3 * size);
    float[] whole = run(Precision.FLOAT32, network, folder, spectra);
    float[] half = run(Precision.BFLOAT16, network, folder, spectra);
    assertThat(half).isNotEqualTo(whole);
    double greatest = IntStream.range(0, whole.length).mapToDouble(i -> whole[i]).max().orElse(0);
    assertThat(half).containsExactly(whole, within((float) (0.03 * greatest)));
  }

  private static float[] run(Precision precision, Network network, Path folder, float[] spectra) {
    Devices devices = Devices.find(EngineOptions.DEFAULT.with(precision));
    try (SavedModelBundle loaded = devices.load(folder, FrozenNetwork.TAG, 0);
        TFloat32 input =
            TFloat32.tensorOf(
                Shape.of(3, network.pixels(), network.channels()), DataBuffers.of(spectra))) {
      List<NodeDef> nodes = loaded.metaGraphDef().getGraphDef().getNodeList();
      assertThat(nodes)
          .filteredOn(node -> node.getOp().matches("Conv2D|MatMul"))
          .isNotEmpty()
          .extracting(node -> node.getAttrOrThrow("T").getType())
          .containsOnly(precision == Precision.FLOAT32 ? DataType.DT_FLOAT : DataType.DT_BFLOAT16);
      assertThat(nodes)
          .as("weights that are worked out at the beginning are not rounded again in every run")
          .filteredOn(node -> node.getOp().equals("Cast"))
          .noneMatch(node -> node.getInput(0).contains("ReadVariableOp"));
      var signature = loaded.metaGraphDef().getSignatureDefOrThrow(FrozenNetwork.SIGNATURE);
      String output = signature.getOutputsMap().values().iterator().next().getName();
      try (Result result =
          loaded.session().runner().feed(FrozenNetwork.INPUT, input).fetch(output).run()) {
        float[] values = new float[3 * network.outputs()];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static NetworkCost cost(
      Network network, FrozenNetwork.Form form, int members, Path folder) throws IOException {
    try (TrainingGraph graph = new TrainingGraph(network, Objective.CROSS_ENTROPY, 1);
        FrozenNetwork frozen =
            new FrozenNetwork(network, form, Collections.nCopies(members, graph.weights(0)))) {
      frozen.save(folder);
    }
    try (SavedModelBundle loaded = SavedModelBundle.load(folder.toString(), FrozenNetwork.TAG)) {
      return NetworkCost.of(loaded);
    }
  }

  @Test
  void shouldStartAsPublishedWhereThatIsAskedFor() {
    GasNet2 network = new GasNet2(1824, 1, 1.0 / 16, 3, true);
    try (TrainingGraph graph = new TrainingGraph(network, Objective.CROSS_ENTROPY, 1)) {
      Weights weights = graph.weights(0);
      for (String name : new String[] {"block3/conv1/kernel", "dense/kernel", "out/kernel"}) {
        float[] values = weights.get(name).values();
        double sum = 0;
        for (float value : values) {
          sum += value * value / values.length;
        }
        assertThat(Math.sqrt(sum)).as(name).isCloseTo(1e-3, within(2e-4));
      }
    }
    HalvingRate rate = new HalvingRate(1e-3, 5, 50);
    assertThat(rate.at(4)).isEqualTo(1e-3);
    assertThat(rate.at(5)).isEqualTo(5e-4);
    assertThat(rate.at(49)).isEqualTo(1e-3 / 512);
  }

  @Test
  void shouldRefuseShapesItCannotHave() {
    assertThatThrownBy(() -> new CrossCorrelation(3600, 2, 12, 900, 2, 24))
        .hasMessageContaining("900");
    assertThatThrownBy(() -> new CrossCorrelation(3602, 2, 12, 896, 2, 24))
        .hasMessageContaining("3602");
    assertThatThrownBy(() -> new CrossCorrelation(3600, 2, 12, 896, 4, 24))
        .hasMessageContaining("got 4");
    assertThatThrownBy(() -> new GasNet2(1000, 1, 1, 3, false)).hasMessageContaining("1000");
    assertThatThrownBy(() -> new GasNet2(3600, 1, Double.NaN, 3, false))
        .hasMessageContaining("NaN");
  }

  private static long trainedWeights(Network network) {
    try (TrainingGraph graph = new TrainingGraph(network, Objective.CROSS_ENTROPY, 1)) {
      return graph.weights(0).arrays().entrySet().stream()
          .filter(e -> !e.getKey().matches(".*/(mean|variance|adam1|adam2)"))
          .mapToLong(e -> e.getValue().values().length)
          .sum();
    }
  }

  private static float[] gaussian(Random random, int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}

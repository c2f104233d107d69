package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

class Bfloat16GraphTest {
  private static final String INPUT = "in";
  private static final String OUTPUT = "out";
  private static final String VARIABLE = "weights";

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "-2.5, -2.5",
    "1.00390625, 1", // half-way between 1 and the next: the even one
    "1.01171875, 1.015625", // half-way, and the even one is above
    "1.005, 1.0078125",
    "3.4e38, Infinity",
    "1e-45, 0",
    "NaN, NaN",
  })
  void shouldRoundToTheNearest(float value, float rounded) {
    Float found = Float.intBitsToFloat(Bfloat16Graph.round(value) << 16);
    assertThat(found).isEqualTo(Float.valueOf(rounded)); // NaN is NaN
  }

  @Test
  void shouldRoundProductsAndWhatLiesBetweenThem() {
    GraphDef.Builder graph =
        graph(
            tf -> {
              Operand<TFloat32> x = tf.withName("view").reshape(input(tf), shape(tf, -1, 2));
              x = tf.withName("first").linalg.matMul(x, constant(tf));
              x = tf.withName("bias").math.add(x, tf.constant(new float[] {1.001f, 2.777f}));
              x = tf.withName("relu").nn.relu(x);
              x = tf.withName("second").linalg.matMul(x, variable(tf, constant(tf)));
              x = tf.withName("after").math.add(x, tf.constant(new float[] {0.001f, 0}));
              return tf.withName(OUTPUT).nn.softmax(x);
            });
    float[] before = run(graph.build());

    assertThat(Bfloat16Graph.rewrite(graph, Set.of(OUTPUT))).isEqualTo(2);

    for (String half : List.of("view", "first", "bias", "relu", "second")) {
      assertThat(type(graph, half, "T")).as(half).isEqualTo(DataType.DT_BFLOAT16);
    }
    for (String whole : List.of("after", OUTPUT)) {
      assertThat(type(graph, whole, "T")).as(whole).isEqualTo(DataType.DT_FLOAT);
    }
    assertThat(type(graph, VARIABLE, "dtype")).isEqualTo(DataType.DT_BFLOAT16);
    assertThat(graph.getNodeList())
        .filteredOn(node -> node.getOp().equals("Cast"))
        .extracting(NodeDef::getName)
        .as("what is fed, what is assigned, what the last product gives")
        .hasSize(3);
    float[] after = run(graph.build());
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isNotEqualTo(before[i]).isCloseTo(before[i], within(2e-3f));
    }
  }

  @Test
  void shouldLeaveAVariableThatOthersRead() {
    GraphDef.Builder graph =
        graph(
            tf -> {
              Operand<TFloat32> weights = variable(tf, constant(tf));
              Operand<TFloat32> product =
                  tf.linalg.matMul(tf.reshape(input(tf), shape(tf, -1, 2)), weights);
              return tf.withName(OUTPUT)
                  .math
                  .add(product, tf.reduceSum(weights, tf.constant(new int[] {0})));
            });
    float[] before = run(graph.build());
    assertThat(Bfloat16Graph.rewrite(graph, Set.of(OUTPUT))).isEqualTo(1);
    assertThat(type(graph, VARIABLE, "dtype")).isEqualTo(DataType.DT_FLOAT);
    float[] after = run(graph.build());
    for (int i = 0; i < before.length; i++) {
      assertThat(after[i]).isCloseTo(before[i], within(2e-2f));
    }
  }

  /** TensorFlow writes constants of one value with that value alone, and zeros with none. */
  @ParameterizedTest
  @CsvSource({"0, 0", "1, 2.5"})
  void shouldReadConstantsThatAreWrittenShort(int listed, float value) {
    GraphDef.Builder graph =
        graph(
            tf -> {
              Operand<TFloat32> x = tf.reshape(input(tf), shape(tf, -1, 2));
              x = tf.linalg.matMul(x, tf.withName("short").constant(new float[2][2]));
              return tf.withName(OUTPUT).math.add(x, tf.constant(new float[] {0.5f, 0.25f}));
            });
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      if (node.getName().equals("short")) {
        TensorProto.Builder tensor =
            node.getAttrOrThrow("value").getTensor().toBuilder().clearTensorContent();
        tensor.clearFloatVal().addAllFloatVal(Collections.nCopies(listed, value));
        node.putAttr("value", AttrValue.newBuilder().setTensor(tensor).build());
      }
    }
    float[] before = run(graph.build());
    assertThat(Bfloat16Graph.rewrite(graph, Set.of(OUTPUT))).isEqualTo(1);
    assertThat(run(graph.build())).containsExactly(before, within(1e-2f));
    assertThat(graph.getNodeList())
        .extracting(NodeDef::getName)
        .contains("short/rounded")
        .doesNotContain("short");
  }

  @Test
  void shouldLeaveWhatIsFetched() {
    GraphDef.Builder graph =
        graph(
            tf -> {
              Operand<TFloat32> x = tf.reshape(input(tf), shape(tf, -1, 2));
              return tf.withName(OUTPUT).linalg.matMul(x, constant(tf));
            });
    GraphDef before = graph.build();
    assertThat(Bfloat16Graph.rewrite(graph, Set.of(OUTPUT))).isZero();
    assertThat(graph.build()).isEqualTo(before);
  }

  private static GraphDef.Builder graph(Function<Ops, Operand<TFloat32>> body) {
    try (Graph graph = new Graph()) {
      Operand<TFloat32> unused = body.apply(Ops.create(graph));
      return graph.toGraphDef().toBuilder();
    }
  }

  private static Operand<TFloat32> input(Ops tf) {
    return tf.withName(INPUT).placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, 1, 2)));
  }

  private static Operand<TInt32> shape(Ops tf, int... extents) {
    return tf.constant(extents);
  }

  private static Operand<TFloat32> constant(Ops tf) {
    return tf.constant(new float[][] {{0.123f, -1.77f}, {0.901f, 0.333f}});
  }

  private static Operand<TFloat32> variable(Ops tf, Operand<TFloat32> value) {
    VarHandleOp handle = tf.withName(VARIABLE).varHandleOp(TFloat32.class, Shape.of(2, 2));
    tf.withName("assign").assignVariableOp(handle, value);
    return tf.readVariableOp(handle, TFloat32.class);
  }

  private static float[] run(GraphDef definition) {
    try (Graph graph = new Graph()) {
      graph.importGraphDef(definition);
      try (Session session = new Session(graph);
          TFloat32 input = TFloat32.tensorOf(Shape.of(1, 1, 2))) {
        if (graph.operation("assign") != null) {
          session.runner().addTarget("assign").run().close();
        }
        input.setFloat(0.777f, 0, 0, 0);
        input.setFloat(-1.234f, 0, 0, 1);
        try (Result result = session.runner().feed(INPUT, input).fetch(OUTPUT).run()) {
          TFloat32 output = (TFloat32) result.get(0);
          return new float[] {output.getFloat(0, 0), output.getFloat(0, 1)};
        }
      }
    }
  }

  private static DataType type(GraphDef.Builder graph, String name, String attribute) {
    return graph.getNodeList().stream()
        .filter(node -> node.getName().equals(name))
        .findFirst()
        .orElseThrow()
        .getAttrOrThrow(attribute)
        .getType();
  }
}

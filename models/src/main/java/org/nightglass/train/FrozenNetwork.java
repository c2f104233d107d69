package org.nightglass.train;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * A network trained here, or an ensemble of them, on constants: to run, and to write as a
 * SavedModel.
 *
 * <p>The SavedModel has no saved variables, tag {@code serve}, signature {@code serving_default},
 * input {@code spectra} {@code [N, pixels, channels]}, and an initialiser that every loader of
 * TensorFlow runs: it works out what depends on weights alone ({@link Layers#kept}). It is written
 * as protobuf because TensorFlow Java's exporter wants variables to save.
 */
final class FrozenNetwork implements FixedNetwork {
  static final String TAG = "serve";
  static final String SIGNATURE = "serving_default";
  static final String INPUT = "spectra";

  /** TensorFlow's name, both of the signature and of its only output. */
  private static final String INITIALISER = "__saved_model_init_op";

  /** What a network's output becomes. */
  enum Form {
    /** {@code logits}, {@code [N, outputs]}, of a single network. */
    LOGITS("logits"),
    /** {@code distribution}, {@code [N, members, outputs]}: probabilities. */
    DISTRIBUTION("distribution"),
    /** {@code redshifts}, {@code [N, members]}, of networks with one output. */
    POINTS("redshifts");

    private final String output;

    Form(String output) {
      this.output = output;
    }

    /** Name of the signature's output. */
    String output() {
      return output;
    }
  }

  private final Network network;
  private final Form form;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> input;
  private final Operand<TFloat32> output;
  private final long[] outputShape;
  private final NoOp initialiser;

  /**
   * @param members weights of each member; one for {@link Form#LOGITS}
   */
  FrozenNetwork(Network network, Form form, List<Weights> members) {
    this.network = network;
    this.form = form;
    Ops tf = Ops.create(graph);
    input =
        tf.withName(INPUT)
            .placeholder(
                TFloat32.class,
                Placeholder.shape(Shape.of(-1, network.pixels(), network.channels())));
    List<Operand<TFloat32>> outputs = new ArrayList<>();
    List<Op> initialisers = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Ops scope = tf.withSubScope("member" + m);
      FrozenLayers layers = new FrozenLayers(scope, "member" + m, members.get(m));
      Operand<TFloat32> raw = network.build(scope, layers, input);
      initialisers.addAll(layers.initialisers());
      outputs.add(form == Form.DISTRIBUTION ? scope.nn.softmax(raw) : raw);
    }
    Ops named = tf.withName(form.output());
    output =
        switch (form) {
          case LOGITS -> named.identity(outputs.get(0));
          case DISTRIBUTION -> named.stack(outputs, Stack.axis(1L));
          case POINTS ->
              outputs.size() == 1
                  ? named.identity(outputs.get(0))
                  : named.concat(outputs, tf.constant(1));
        };
    outputShape =
        switch (form) {
          case LOGITS -> new long[] {-1, network.outputs()};
          case DISTRIBUTION -> new long[] {-1, members.size(), network.outputs()};
          case POINTS -> new long[] {-1, members.size()};
        };
    initialiser = tf.withName("initialise").withControlDependencies(initialisers).noOp();
    session = new Session(graph);
    session.runner().addTarget(initialiser).run().close();
  }

  @Override
  public int size() {
    int size = 1;
    for (int d = 1; d < outputShape.length; d++) {
      size *= (int) outputShape[d];
    }
    return size;
  }

  @Override
  public float[] run(int n, float[] batch) {
    try (TFloat32 x = TFloat32.tensorOf(Shape.of(n, network.pixels(), network.channels()))) {
      x.asRawTensor().data().asFloats().write(batch, 0, (int) x.size());
      try (Result result = session.runner().feed(input, x).fetch(output).run()) {
        float[] values = new float[n * size()];
        result.get(0).asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  /** Writes {@code saved_model.pb} into a directory, which is made. */
  void save(Path directory) throws IOException {
    SignatureDef signature =
        SignatureDef.newBuilder()
            .setMethodName("tensorflow/serving/predict")
            .putInputs(INPUT, info(input, new long[] {-1, network.pixels(), network.channels()}))
            .putOutputs(form.output(), info(output, outputShape))
            .build();
    MetaGraphDef meta =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(TAG))
            .setGraphDef(graph.toGraphDef())
            .putSignatureDef(SIGNATURE, signature)
            .putSignatureDef(INITIALISER, initialiserSignature())
            .build();
    SavedModel model =
        SavedModel.newBuilder().setSavedModelSchemaVersion(1).addMetaGraphs(meta).build();
    Files.createDirectories(directory);
    try (OutputStream file = Files.newOutputStream(directory.resolve("saved_model.pb"))) {
      CodedOutputStream out = CodedOutputStream.newInstance(file);
      out.useDeterministicSerialization(); // the same network is the same bytes, in every bundle
      model.writeTo(out);
      out.flush();
    }
  }

  /** How TensorFlow's loaders find what to run first. */
  private SignatureDef initialiserSignature() {
    return SignatureDef.newBuilder()
        .putOutputs(INITIALISER, TensorInfo.newBuilder().setName(initialiser.op().name()).build())
        .build();
  }

  private static TensorInfo info(Operand<TFloat32> operand, long[] shape) {
    TensorShapeProto.Builder dimensions = TensorShapeProto.newBuilder();
    for (long extent : shape) {
      dimensions.addDim(TensorShapeProto.Dim.newBuilder().setSize(extent));
    }
    return TensorInfo.newBuilder()
        .setName(operand.op().name() + ":" + operand.asOutput().index())
        .setDtype(DataType.DT_FLOAT)
        .setTensorShape(dimensions)
        .build();
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

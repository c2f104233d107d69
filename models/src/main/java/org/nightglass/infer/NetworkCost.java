package org.nightglass.infer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Output;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorShapeProto;

/**
 * What a network costs by its graph, whatever runs it.
 *
 * @param parameters numbers that were learned: those of its constants, and of its variables where
 *     it has any to restore. A batch normalisation that was folded into its convolution no longer
 *     counts; shifted copies of weights, which an exported network makes when it is loaded, do not.
 * @param flop floating-point operations a row: 2 for each multiplication of a convolution or a
 *     matrix product. Everything else (activations, sums, softmax) is below a hundredth of it.
 * @param bytes that a row's values take up, each written once and read by each of its users, as if
 *     no cache held any of them from one operation to the next
 * @param weightBytes of the constants that each run reads once
 */
public record NetworkCost(long parameters, double flop, double bytes, double weightBytes) {
  private static final Set<DataType> NUMBERS = Set.of(DataType.DT_FLOAT, DataType.DT_BFLOAT16);

  /** What an operation gives. */
  private record Value(Shape shape, int bytes) {
    static final Value UNKNOWN = new Value(Shape.unknown(), 0);
  }

  /** Reads it off a network's graph, in which only the number of rows is unknown. */
  public static NetworkCost of(SavedModelBundle network) {
    MetaGraphDef meta = network.metaGraphDef();
    List<NodeDef> nodes = meta.getGraphDef().getNodeList();
    Map<String, Value> values = new HashMap<>();
    for (NodeDef node : nodes) {
      var operation = network.graph().operation(node.getName());
      if (operation != null && operation.numOutputs() > 0) {
        Output<?> first = operation.output(0);
        int size = first.dataType() == DataType.DT_BFLOAT16 ? Short.BYTES : Float.BYTES;
        values.put(node.getName(), new Value(first.shape(), size));
      }
    }
    double flop = 0;
    double bytes = 0;
    double weights = 0;
    for (NodeDef node : nodes) {
      Value value = values.getOrDefault(node.getName(), Value.UNKNOWN);
      flop += flop(node, value.shape, values);
      if (perRow(value.shape)) {
        bytes += elements(value.shape) * value.bytes;
        for (String input : node.getInputList()) {
          Value read = values.getOrDefault(Bfloat16Graph.operation(input), Value.UNKNOWN);
          double size = elements(read.shape) * read.bytes;
          bytes += perRow(read.shape) ? size : 0;
          weights += perRow(read.shape) || read.shape.hasUnknownDimension() ? 0 : size;
        }
      }
    }
    return new NetworkCost(parameters(meta), flop, bytes, weights);
  }

  private static long parameters(MetaGraphDef meta) {
    boolean restores = meta.hasSaverDef();
    long parameters = 0;
    for (NodeDef node : meta.getGraphDef().getNodeList()) {
      if (node.getOp().equals("Const")
          && NUMBERS.contains(node.getAttrOrThrow("dtype").getType())) {
        parameters += size(node.getAttrOrThrow("value").getTensor().getTensorShape());
      } else if (restores
          && node.getOp().equals("VarHandleOp")
          && NUMBERS.contains(node.getAttrOrThrow("dtype").getType())) {
        parameters += size(node.getAttrOrThrow("shape").getShape());
      }
    }
    return parameters;
  }

  /** Of a scalar none: it scales, nobody learned it. */
  private static long size(TensorShapeProto shape) {
    return shape.getDimCount() == 0
        ? 0
        : shape.getDimList().stream()
            .mapToLong(TensorShapeProto.Dim::getSize)
            .reduce(1, (a, b) -> a * b);
  }

  private static double flop(NodeDef node, Shape out, Map<String, Value> values) {
    if (!node.getOp().equals("Conv2D") && !node.getOp().equals("MatMul")) {
      return 0;
    }
    Shape weights =
        values.getOrDefault(Bfloat16Graph.operation(node.getInput(1)), Value.UNKNOWN).shape;
    if (!perRow(out) || weights.isUnknown()) {
      return 0;
    }
    // Of a kernel [height, width, in, out] or a matrix [in, out] everything but the last is summed
    // over, for each number that comes out.
    double summed = elements(weights) / weights.get(weights.numDimensions() - 1);
    return 2 * summed * elements(out);
  }

  /** Whether the first extent, and it alone, is open: the rows of the batch. */
  private static boolean perRow(Shape shape) {
    return !shape.isUnknown()
        && shape.numDimensions() > 0
        && shape.get(0) == Shape.UNKNOWN_SIZE
        && !shape.tail().hasUnknownDimension();
  }

  /** Numbers of one row, or of a whole constant. */
  private static double elements(Shape shape) {
    double elements = 1;
    for (int d = perRow(shape) ? 1 : 0; d < shape.numDimensions(); d++) {
      elements *= shape.get(d);
    }
    return elements;
  }
}

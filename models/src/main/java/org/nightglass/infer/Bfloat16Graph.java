package org.nightglass.infer;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * A graph whose convolutions and matrix products are of bfloat16 numbers: float32 with the lower 16
 * bits rounded away.
 *
 * <p>What lies between two products and only passes numbers on (sums, activations, views) is in
 * bfloat16, too. Everything after the last product stays in float32, as do what the graph is fed
 * and what it gives. Weights are rounded here; those that the graph works out when it is loaded are
 * rounded then and take half of the memory, where TensorFlow's own rewriting would round them again
 * in every run. What is in functions stays as it is.
 */
final class Bfloat16Graph {
  /** What it is for, with the number of inputs of its type. */
  private static final Map<String, Integer> PRODUCTS = Map.of("Conv2D", 2, "MatMul", 2);

  /** Carriers that only move numbers: to round before them is to round after them. */
  private static final Map<String, Integer> VIEWS = Map.of("Reshape", 1, "StridedSlice", 1);

  /** Other carriers. */
  private static final Map<String, Integer> STEPS =
      Map.of("BiasAdd", 2, "Add", 2, "AddV2", 2, "Relu", 1, "MaxPool", 1, "MaxPoolV2", 1);

  private static final String TYPE = "T";
  private static final String STORED = "dtype";
  private static final String ROUNDED = "/rounded";

  private final GraphDef.Builder graph;
  private final Set<String> readFromOutside;
  private final Map<String, NodeDef.Builder> nodes = new LinkedHashMap<>();
  private final Map<String, List<NodeDef.Builder>> users = new HashMap<>();
  private final Map<String, Boolean> halved = new HashMap<>();
  private final Map<String, NodeDef> added = new LinkedHashMap<>();

  private Bfloat16Graph(GraphDef.Builder graph, Set<String> readFromOutside) {
    this.graph = graph;
    this.readFromOutside = readFromOutside;
    for (NodeDef.Builder node : graph.getNodeBuilderList()) {
      nodes.put(node.getName(), node);
      for (String input : node.getInputList()) {
        users.computeIfAbsent(operation(input), name -> new ArrayList<>()).add(node);
      }
    }
  }

  /**
   * Rewrites a graph in place.
   *
   * @param readFromOutside names of the operations whose values are fetched
   * @return how many products are of bfloat16 numbers now
   */
  static int rewrite(GraphDef.Builder graph, Set<String> readFromOutside) {
    return new Bfloat16Graph(graph, readFromOutside).rewrite();
  }

  private int rewrite() {
    List<NodeDef.Builder> half = nodes.values().stream().filter(this::isHalf).toList();
    Map<String, NodeDef.Builder> variables = new LinkedHashMap<>();
    for (NodeDef.Builder node : half) {
      for (String input : node.getInputList().subList(0, typedInputs(node))) {
        NodeDef.Builder variable = variable(input);
        if (variable != null && isReadByHalvesAlone(variable)) {
          variables.put(variable.getName(), variable);
        }
      }
    }
    nodes.values().stream().filter(node -> !isHalf(node)).forEach(this::widenInputs);
    half.forEach(node -> roundInputs(node, variables.keySet()));
    variables.values().forEach(this::roundWhenAssigned);
    removeUnused();
    graph.addAllNode(added.values());
    return (int) half.stream().filter(node -> PRODUCTS.containsKey(node.getOp())).count();
  }

  private boolean isHalf(NodeDef.Builder node) {
    Boolean known = halved.get(node.getName());
    if (known != null) {
      return known;
    }
    boolean half =
        isProduct(node)
            || (typedInputs(node) > 0
                && isFloat(node)
                && leadsToProduct(node)
                && (feedsProductsAlone(node) || isFedByHalves(node)));
    halved.put(node.getName(), half);
    return half;
  }

  private boolean isProduct(NodeDef.Builder node) {
    return PRODUCTS.containsKey(node.getOp()) && isFloat(node);
  }

  /** Whether it is of float32 and nobody outside counts on that. */
  private boolean isFloat(NodeDef.Builder node) {
    AttrValue type = node.getAttrMap().get(TYPE);
    return type != null
        && type.getType() == DataType.DT_FLOAT
        && !readFromOutside.contains(node.getName());
  }

  private boolean leadsToProduct(NodeDef.Builder node) {
    return users(node).stream()
        .anyMatch(user -> isProduct(user) || (typedInputs(user) > 0 && leadsToProduct(user)));
  }

  private boolean feedsProductsAlone(NodeDef.Builder node) {
    return VIEWS.containsKey(node.getOp())
        && users(node).stream().allMatch(user -> isProduct(user) || feedsProductsAlone(user));
  }

  private boolean isFedByHalves(NodeDef.Builder node) {
    boolean any = false;
    for (String input : node.getInputList().subList(0, typedInputs(node))) {
      NodeDef.Builder producer = nodes.get(operation(input));
      if (producer == null || !(isHalf(producer) || producer.getOp().equals("Const"))) {
        return false;
      }
      any |= isHalf(producer);
    }
    return any;
  }

  /** The variable that an input was read from; null if it was not. */
  private NodeDef.@Nullable Builder variable(String input) {
    NodeDef.Builder reader = nodes.get(operation(input));
    return reader != null && reader.getOp().equals("ReadVariableOp")
        ? nodes.get(operation(reader.getInput(0)))
        : null;
  }

  private boolean isReadByHalvesAlone(NodeDef.Builder variable) {
    return variable.getOp().equals("VarHandleOp")
        && users(variable).stream()
            .allMatch(
                user ->
                    user.getOp().equals("AssignVariableOp")
                        || (user.getOp().equals("ReadVariableOp")
                            && !readFromOutside.contains(user.getName())
                            && users(user).stream().allMatch(this::isHalf)));
  }

  private void roundWhenAssigned(NodeDef.Builder variable) {
    variable.putAttr(STORED, type(DataType.DT_BFLOAT16));
    for (NodeDef.Builder user : users(variable)) {
      user.putAttr(STORED, type(DataType.DT_BFLOAT16));
      if (user.getOp().equals("AssignVariableOp")) {
        user.setInput(1, cast(user.getInput(1), DataType.DT_FLOAT, DataType.DT_BFLOAT16));
      }
    }
  }

  private void roundInputs(NodeDef.Builder node, Set<String> variables) {
    node.putAttr(TYPE, type(DataType.DT_BFLOAT16));
    for (int i = 0; i < typedInputs(node); i++) {
      String input = node.getInput(i);
      NodeDef.Builder producer = nodes.get(operation(input));
      NodeDef.Builder variable = variable(input);
      if (producer != null && producer.getOp().equals("Const")) {
        node.setInput(i, roundedConstant(producer));
      } else if ((producer == null || !isHalf(producer))
          && (variable == null || !variables.contains(variable.getName()))) {
        node.setInput(i, cast(input, DataType.DT_FLOAT, DataType.DT_BFLOAT16));
      }
    }
  }

  private void widenInputs(NodeDef.Builder node) {
    for (int i = 0; i < node.getInputCount(); i++) {
      String input = node.getInput(i);
      NodeDef.Builder producer = nodes.get(operation(input));
      if (!input.startsWith("^") && producer != null && isHalf(producer)) {
        node.setInput(i, cast(input, DataType.DT_BFLOAT16, DataType.DT_FLOAT));
      }
    }
  }

  private String cast(String input, DataType from, DataType to) {
    String name =
        input.replace(':', '_') + "/to_" + to.name().substring(3).toLowerCase(Locale.ROOT);
    added.computeIfAbsent(
        name,
        unused ->
            NodeDef.newBuilder()
                .setName(name)
                .setOp("Cast")
                .addInput(input)
                .putAttr("SrcT", type(from))
                .putAttr("DstT", type(to))
                .build());
    return name;
  }

  private String roundedConstant(NodeDef.Builder constant) {
    String name = constant.getName() + ROUNDED;
    added.computeIfAbsent(
        name,
        unused ->
            constant
                .clone()
                .setName(name)
                .putAttr(STORED, type(DataType.DT_BFLOAT16))
                .putAttr(
                    "value",
                    AttrValue.newBuilder()
                        .setTensor(rounded(constant.getAttrOrThrow("value").getTensor()))
                        .build())
                .build());
    return name;
  }

  private static TensorProto rounded(TensorProto tensor) {
    int size = 1;
    for (var extent : tensor.getTensorShape().getDimList()) {
      size *= (int) extent.getSize();
    }
    ByteBuffer content =
        tensor.getTensorContent().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    boolean packed = content.hasRemaining();
    int listed = tensor.getFloatValCount();
    ByteBuffer halves = ByteBuffer.allocate(2 * size).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < size; i++) {
      // Where a value is missing, the last one stands for it; where there is none, 0 does.
      float inList = listed == 0 ? 0 : tensor.getFloatVal(Math.min(i, listed - 1));
      halves.putShort(round(packed ? content.getFloat(4 * i) : inList));
    }
    return TensorProto.newBuilder()
        .setDtype(DataType.DT_BFLOAT16)
        .setTensorShape(tensor.getTensorShape())
        .setTensorContent(ByteString.copyFrom(halves.flip()))
        .build();
  }

  /** To the nearest, of two as near to the even one. */
  static short round(float value) {
    int bits = Float.floatToIntBits(value);
    return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
  }

  /** Constants that only rounded copies are left of. */
  private void removeUnused() {
    Set<String> used = new LinkedHashSet<>(readFromOutside);
    nodes.values().forEach(node -> node.getInputList().forEach(i -> used.add(operation(i))));
    added.values().forEach(node -> node.getInputList().forEach(i -> used.add(operation(i))));
    for (int i = graph.getNodeCount() - 1; i >= 0; i--) {
      NodeDef node = graph.getNode(i);
      if (added.containsKey(node.getName() + ROUNDED) && !used.contains(node.getName())) {
        graph.removeNode(i);
      }
    }
  }

  private List<NodeDef.Builder> users(NodeDef.Builder node) {
    return users.getOrDefault(node.getName(), List.of());
  }

  /** How many of its inputs are of its type; 0 for operations that stay as they are. */
  private static int typedInputs(NodeDef.Builder node) {
    String op = node.getOp();
    return PRODUCTS.getOrDefault(op, VIEWS.getOrDefault(op, STEPS.getOrDefault(op, 0)));
  }

  private static AttrValue type(DataType type) {
    return AttrValue.newBuilder().setType(type).build();
  }

  /** The operation that an input names, without output number or control mark. */
  static String operation(String input) {
    String plain = input.startsWith("^") ? input.substring(1) : input;
    int colon = plain.indexOf(':');
    return colon < 0 ? plain : plain.substring(0, colon);
  }
}

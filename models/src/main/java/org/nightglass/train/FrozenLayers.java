package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.VarHandleOp;
import org.tensorflow.types.TFloat32;

/**
 * Layers on constants, for export: each batch normalisation is folded into the convolution before
 * it.
 */
final class FrozenLayers implements Layers {
  private final Ops tf;
  private final String scope;
  private final Weights weights;
  private final List<Op> initialisers = new ArrayList<>();

  /**
   * @param tf within {@code scope}
   * @param scope of the network's own names, one of its own for each network of a graph
   */
  FrozenLayers(Ops tf, String scope, Weights weights) {
    this.tf = tf;
    this.scope = scope;
    this.weights = weights;
  }

  /** What has to run once before the network does. */
  List<Op> initialisers() {
    return initialisers;
  }

  @Override
  public Operand<TFloat32> convolve(String name, Operand<TFloat32> x, Kernel kernel) {
    return convolve(
        x, kernel, weights.get(name + "/kernel").values(), weights.get(name + "/bias").values());
  }

  @Override
  public Operand<TFloat32> convolveNormaliseRectify(
      String name, Operand<TFloat32> x, Kernel kernel) {
    return tf.nn.relu(convolveNormalise(name, x, kernel));
  }

  @Override
  public Operand<TFloat32> convolveNormalise(String name, Operand<TFloat32> x, Kernel kernel) {
    float[] scale = weights.get(name + "/scale").values();
    float[] offset = weights.get(name + "/offset").values();
    float[] mean = weights.get(name + "/mean").values();
    float[] variance = weights.get(name + "/variance").values();
    float[] values = weights.get(name + "/kernel").values().clone();
    float[] bias = new float[kernel.out()];
    double[] factor = new double[kernel.out()];
    for (int c = 0; c < bias.length; c++) {
      factor[c] = scale[c] / Math.sqrt((double) variance[c] + VariableLayers.EPSILON);
      bias[c] = (float) (offset[c] - mean[c] * factor[c]);
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (values[i] * factor[i % factor.length]);
    }
    return convolve(x, kernel, values, bias);
  }

  @Override
  public Operand<TFloat32> weight(String name, double deviation, long... shape) {
    return constant(weights.get(name).values(), shape);
  }

  @Override
  public Operand<TFloat32> dense(
      String name, Operand<TFloat32> x, double deviation, int in, int out) {
    Operand<TFloat32> kernel = weight(name + "/kernel", deviation, in, out);
    return tf.math.add(tf.linalg.matMul(x, kernel), weight(name + "/bias", 0, out));
  }

  /** A variable without a file: the network's initialiser fills it from the weights. */
  @Override
  public Operand<TFloat32> kept(String name, Operand<TFloat32> value, long... shape) {
    VarHandleOp variable =
        tf.varHandleOp(TFloat32.class, Shape.of(shape), VarHandleOp.sharedName(scope + "/" + name));
    initialisers.add(tf.assignVariableOp(variable, value));
    return tf.readVariableOp(variable, TFloat32.class);
  }

  @Override
  public boolean keeps() {
    return true;
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> x, float rate) {
    return x;
  }

  private Operand<TFloat32> convolve(
      Operand<TFloat32> x, Kernel kernel, float[] values, float[] bias) {
    Operand<TFloat32> filter = constant(values, 1, kernel.width(), kernel.in(), kernel.out());
    Operand<TFloat32> y =
        tf.nn.conv2d(
            x,
            filter,
            List.of(1L, 1L, (long) kernel.stride(), 1L),
            kernel.same() ? "SAME" : "VALID");
    return tf.nn.biasAdd(y, constant(bias, bias.length));
  }

  private Operand<TFloat32> constant(float[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }
}

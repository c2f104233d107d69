package org.nightglass.train;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layers on constants, for export: each batch normalisation is folded into the convolution before
 * it.
 */
final class FrozenLayers implements Layers {
  private final Ops tf;
  private final Weights weights;

  FrozenLayers(Ops tf, Weights weights) {
    this.tf = tf;
    this.weights = weights;
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
    return tf.math.add(y, constant(bias, bias.length));
  }

  private Operand<TFloat32> constant(float[] values, long... shape) {
    return tf.constant(Shape.of(shape), DataBuffers.of(values));
  }
}

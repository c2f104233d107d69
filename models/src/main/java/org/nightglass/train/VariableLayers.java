package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Variable;
import org.tensorflow.op.nn.FusedBatchNorm;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Layers on variables, of two kinds that share them: a tower that trains (batch statistics,
 * dropout, moving averages), and one that infers.
 */
final class VariableLayers implements Layers {
  static final float EPSILON = 1e-3f;

  /** A variable and its initial values. */
  record Entry(Variable<TFloat32> variable, boolean trained, Weights.Array initial) {}

  private final Ops tf;
  private final boolean training;
  private final Map<String, Entry> entries;
  private final SplittableRandom random;
  private final Operand<TFloat32> momentum;
  private final Operand<TInt32> dropoutSeed;
  private final @Nullable Double deviation;
  private final List<Op> updates = new ArrayList<>();

  /**
   * @param seed of the initial values
   * @param momentum scalar: what a moving average keeps of its past in a step
   * @param dropoutSeed two numbers, other ones every step
   * @param deviation of initial values, see {@link Network#initialDeviation()}
   */
  VariableLayers(
      Ops tf,
      long seed,
      Operand<TFloat32> momentum,
      Operand<TInt32> dropoutSeed,
      @Nullable Double deviation) {
    this(
        tf,
        true,
        new LinkedHashMap<>(),
        new SplittableRandom(seed),
        momentum,
        dropoutSeed,
        deviation);
  }

  private VariableLayers(
      Ops tf,
      boolean training,
      Map<String, Entry> entries,
      SplittableRandom random,
      Operand<TFloat32> momentum,
      Operand<TInt32> dropoutSeed,
      @Nullable Double deviation) {
    this.deviation = deviation;
    this.tf = tf;
    this.training = training;
    this.entries = entries;
    this.random = random;
    this.momentum = momentum;
    this.dropoutSeed = dropoutSeed;
  }

  /** The same variables, as a tower that infers. */
  VariableLayers inferring() {
    return new VariableLayers(tf, false, entries, random, momentum, dropoutSeed, deviation);
  }

  /** Every variable by name, in the order of their making. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** What moves the moving averages on; to run in every training step. */
  List<Op> updates() {
    return updates;
  }

  @Override
  public Operand<TFloat32> convolve(String name, Operand<TFloat32> x, Kernel kernel) {
    return tf.math.add(linear(name, x, kernel), weight(name + "/bias", 0, kernel.out()));
  }

  @Override
  public Operand<TFloat32> convolveNormaliseRectify(
      String name, Operand<TFloat32> x, Kernel kernel) {
    return tf.nn.relu(convolveNormalise(name, x, kernel));
  }

  @Override
  public Operand<TFloat32> convolveNormalise(String name, Operand<TFloat32> x, Kernel kernel) {
    Operand<TFloat32> y = linear(name, x, kernel);
    Operand<TFloat32> scale = variable(name + "/scale", true, filled(1, kernel.out()));
    Operand<TFloat32> offset = variable(name + "/offset", true, filled(0, kernel.out()));
    Operand<TFloat32> mean = variable(name + "/mean", false, filled(0, kernel.out()));
    Operand<TFloat32> variance = variable(name + "/variance", false, filled(1, kernel.out()));
    if (!training) {
      return tf.nn
          .fusedBatchNorm(
              y,
              scale,
              offset,
              mean,
              variance,
              FusedBatchNorm.isTraining(false),
              FusedBatchNorm.epsilon(EPSILON))
          .y();
    }
    Operand<TFloat32> none = tf.constant(new float[0]);
    FusedBatchNorm<TFloat32, TFloat32> normalised =
        tf.nn.fusedBatchNorm(
            y,
            scale,
            offset,
            none,
            none,
            FusedBatchNorm.isTraining(true),
            FusedBatchNorm.epsilon(EPSILON));
    updates.add(follow(mean, normalised.batchMean()));
    updates.add(follow(variance, normalised.batchVariance()));
    return normalised.y();
  }

  @Override
  public Operand<TFloat32> weight(String name, double own, long... shape) {
    double used = deviation == null || own == 0 ? own : deviation;
    return variable(name, true, normal(used, shape));
  }

  @Override
  public Operand<TFloat32> dense(String name, Operand<TFloat32> x, double own, int in, int out) {
    Operand<TFloat32> kernel = weight(name + "/kernel", own, in, out);
    return tf.math.add(tf.linalg.matMul(x, kernel), weight(name + "/bias", 0, out));
  }

  @Override
  public Operand<TFloat32> kept(String name, Operand<TFloat32> value, long... shape) {
    return value;
  }

  @Override
  public boolean keeps() {
    return false;
  }

  @Override
  public Operand<TFloat32> dropout(Operand<TFloat32> x, float rate) {
    if (!training) {
      return x;
    }
    Operand<TFloat32> lots =
        tf.random.statelessRandomUniform(tf.shape(x), dropoutSeed, TFloat32.class);
    Operand<TFloat32> kept =
        tf.dtypes.cast(tf.math.greaterEqual(lots, tf.constant(rate)), TFloat32.class);
    return tf.math.mul(x, tf.math.mul(kept, tf.constant(1 / (1 - rate))));
  }

  private Operand<TFloat32> linear(String name, Operand<TFloat32> x, Kernel kernel) {
    double he = Math.sqrt(2.0 / (kernel.width() * kernel.in()));
    Operand<TFloat32> values =
        weight(name + "/kernel", he, 1, kernel.width(), kernel.in(), kernel.out());
    return tf.nn.conv2d(
        x, values, List.of(1L, 1L, (long) kernel.stride(), 1L), kernel.same() ? "SAME" : "VALID");
  }

  private Op follow(Operand<TFloat32> average, Operand<TFloat32> value) {
    Operand<TFloat32> rest = tf.math.sub(tf.constant(1f), momentum);
    return tf.assignSub(average, tf.math.mul(rest, tf.math.sub(average, value)));
  }

  private Operand<TFloat32> variable(String name, boolean trained, Weights.Array initial) {
    Entry known = entries.get(name);
    if (known == null) {
      Variable<TFloat32> variable = tf.variable(Shape.of(initial.shape()), TFloat32.class);
      known = new Entry(variable, trained, initial);
      entries.put(name, known);
    }
    return known.variable();
  }

  private Weights.Array normal(double spread, long... shape) {
    long size = 1;
    for (long extent : shape) {
      size *= extent;
    }
    float[] values = new float[(int) size];
    if (training && spread > 0) {
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (spread * random.nextGaussian());
      }
    }
    return new Weights.Array(shape, values);
  }

  private static Weights.Array filled(float value, int size) {
    float[] values = new float[size];
    Arrays.fill(values, value);
    return new Weights.Array(new long[] {size}, values);
  }
}

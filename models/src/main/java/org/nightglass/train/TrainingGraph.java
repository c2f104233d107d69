package org.nightglass.train;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.NoOp;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * A network with its loss and its Adam optimiser (Kingma and Ba 2015; β = 0.9, 0.999, ε = 1e-7) in
 * one TensorFlow graph. Owns native memory; one thread at a time; whoever made it closes it.
 *
 * <p>Adam may overwrite a weight that the backward pass still reads. So every update waits for all
 * gradients: then runs repeat to the digit.
 */
final class TrainingGraph implements AutoCloseable {
  private static final float BETA1 = 0.9f;
  private static final float BETA2 = 0.999f;
  private static final float ADAM_EPSILON = 1e-7f;
  private static final double GREATEST_MOMENTUM = 0.99;

  private final Network network;
  private final long seed;
  private final Graph graph = new Graph();
  private final Session session;
  private final Placeholder<TFloat32> spectra;
  private final Placeholder<TFloat32> target;
  private final Placeholder<TFloat32> learningRate;
  private final Placeholder<TFloat32> momentum;
  private final Placeholder<TFloat32> power1;
  private final Placeholder<TFloat32> power2;
  private final Placeholder<TInt32> dropoutSeed;
  private final Operand<TFloat32> loss;
  private final Operand<TFloat32> inferred;
  private final Operand<TFloat32> inferredLoss;
  private final NoOp update;
  private final Map<String, Slot> slots = new LinkedHashMap<>();

  /** A variable and how to set it. */
  private record Slot(
      Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign, long[] shape) {}

  TrainingGraph(Network network, Objective objective, long seed) {
    this.network = network;
    this.seed = seed;
    Ops tf = Ops.create(graph);
    spectra = floats(tf, -1, network.pixels(), network.channels());
    target = floats(tf, -1, network.outputs());
    learningRate = floats(tf);
    momentum = floats(tf);
    power1 = floats(tf);
    power2 = floats(tf);
    dropoutSeed = tf.placeholder(TInt32.class, Placeholder.shape(Shape.of(2)));
    VariableLayers layers =
        new VariableLayers(tf, seed, momentum, dropoutSeed, network.initialDeviation());
    Operand<TFloat32> output = network.build(tf, layers, spectra);
    loss = tf.math.mean(objective.perSpectrum(tf, output, target), tf.constant(0));
    inferred = network.build(tf, layers.inferring(), spectra);
    inferredLoss = tf.math.mean(objective.perSpectrum(tf, inferred, target), tf.constant(0));
    layers.entries().forEach((name, entry) -> slot(tf, name, entry.variable(), entry.initial()));
    List<Op> updates = new ArrayList<>(layers.updates());
    updates.addAll(descend(tf, layers.entries()));
    update = tf.withControlDependencies(updates).noOp();
    session = new Session(graph, options());
    Map<String, Weights.Array> initial = new LinkedHashMap<>();
    layers.entries().forEach((name, entry) -> initial.put(name, entry.initial()));
    slots.forEach(
        (name, slot) ->
            initial.computeIfAbsent(name, absent -> new Weights.Array(slot.shape, zeros(slot))));
    restore(new Weights(0, initial));
  }

  /**
   * Without TensorFlow's rewriting of sums: it would flatten trees of two into sums of many, in an
   * order that changes from graph to graph.
   */
  private static ConfigProto options() {
    RewriterConfig rewriter =
        RewriterConfig.newBuilder().setArithmeticOptimization(RewriterConfig.Toggle.OFF).build();
    return ConfigProto.newBuilder()
        .setGraphOptions(GraphOptions.newBuilder().setRewriteOptions(rewriter))
        .build();
  }

  private static Placeholder<TFloat32> floats(Ops tf, long... shape) {
    return tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(shape)));
  }

  private void slot(Ops tf, String name, Variable<TFloat32> variable, Weights.Array like) {
    Placeholder<TFloat32> value = floats(tf, like.shape());
    slots.put(name, new Slot(variable, value, tf.assign(variable, value), like.shape()));
  }

  private List<Op> descend(Ops tf, Map<String, VariableLayers.Entry> entries) {
    List<String> names = new ArrayList<>();
    List<Output<?>> variables = new ArrayList<>();
    entries.forEach(
        (name, entry) -> {
          if (entry.trained()) {
            names.add(name);
            variables.add(entry.variable().asOutput());
          }
        });
    Output<?>[] raw = graph.addGradients(loss.asOutput(), variables.toArray(new Output<?>[0]));
    List<Operand<TFloat32>> gradients = new ArrayList<>();
    for (Output<?> gradient : raw) {
      gradients.add(tf.identity(gradient.expect(TFloat32.class)));
    }
    Ops afterAll = tf.withControlDependencies(new ArrayList<Op>(gradients));
    List<Op> updates = new ArrayList<>();
    for (int k = 0; k < gradients.size(); k++) {
      String name = names.get(k);
      VariableLayers.Entry entry = entries.get(name);
      if (entry == null) {
        continue;
      }
      Shape shape = Shape.of(entry.initial().shape());
      Variable<TFloat32> first = tf.variable(shape, TFloat32.class);
      Variable<TFloat32> second = tf.variable(shape, TFloat32.class);
      slot(tf, name + "/adam1", first, entry.initial());
      slot(tf, name + "/adam2", second, entry.initial());
      updates.add(
          afterAll.train.applyAdam(
              entry.variable(),
              first,
              second,
              power1,
              power2,
              learningRate,
              tf.constant(BETA1),
              tf.constant(BETA2),
              tf.constant(ADAM_EPSILON),
              gradients.get(k)));
    }
    return updates;
  }

  /**
   * One step of training.
   *
   * @param step counted from 0
   * @param batch {@code [n, pixels, channels]}
   * @param targets {@code [n, outputs]}
   * @return the batch's mean loss before the step
   */
  float step(long step, double rate, int n, float[] batch, float[] targets) {
    double keep = Math.min(GREATEST_MOMENTUM, (1.0 + step) / (10.0 + step));
    try (TFloat32 x = tensor(batch, n, network.pixels(), network.channels());
        TFloat32 y = tensor(targets, n, network.outputs());
        TFloat32 lr = TFloat32.scalarOf((float) rate);
        TFloat32 m = TFloat32.scalarOf((float) keep);
        TFloat32 p1 = TFloat32.scalarOf((float) Math.pow(BETA1, step + 1.0));
        TFloat32 p2 = TFloat32.scalarOf((float) Math.pow(BETA2, step + 1.0));
        TInt32 drop = TInt32.vectorOf((int) seed, (int) step);
        Result result =
            session
                .runner()
                .feed(spectra, x)
                .feed(target, y)
                .feed(learningRate, lr)
                .feed(momentum, m)
                .feed(power1, p1)
                .feed(power2, p2)
                .feed(dropoutSeed, drop)
                .addTarget(update)
                .fetch(loss)
                .run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /**
   * The network's output with moving averages and without dropout.
   *
   * @param batch {@code [n, pixels, channels]}
   * @return {@code [n, outputs]}
   */
  float[] infer(int n, float[] batch) {
    try (TFloat32 x = tensor(batch, n, network.pixels(), network.channels());
        Result result = session.runner().feed(spectra, x).fetch(inferred).run()) {
      return read(result.get(0));
    }
  }

  /**
   * The mean loss of spectra that nothing is learned from.
   *
   * @param batch {@code [n, pixels, channels]}
   * @param targets {@code [n, outputs]}
   */
  float loss(int n, float[] batch, float[] targets) {
    try (TFloat32 x = tensor(batch, n, network.pixels(), network.channels());
        TFloat32 y = tensor(targets, n, network.outputs());
        Result result =
            session.runner().feed(spectra, x).feed(target, y).fetch(inferredLoss).run()) {
      return ((TFloat32) result.get(0)).getFloat();
    }
  }

  /** Every variable, the optimiser's too, after so many steps. */
  Weights weights(long step) {
    Session.Runner runner = session.runner();
    slots.values().forEach(slot -> runner.fetch(slot.variable));
    Map<String, Weights.Array> arrays = new LinkedHashMap<>();
    try (Result result = runner.run()) {
      int k = 0;
      for (Map.Entry<String, Slot> entry : slots.entrySet()) {
        arrays.put(
            entry.getKey(), new Weights.Array(entry.getValue().shape, read(result.get(k++))));
      }
    }
    return new Weights(step, arrays);
  }

  /** Sets every variable. */
  void restore(Weights weights) {
    Session.Runner runner = session.runner();
    List<Tensor> fed = new ArrayList<>();
    try {
      slots.forEach(
          (name, slot) -> {
            TFloat32 value = tensor(weights.get(name).values(), slot.shape);
            fed.add(value);
            runner.feed(slot.value, value).addTarget(slot.assign);
          });
      runner.run().close();
    } finally {
      fed.forEach(Tensor::close);
    }
  }

  private static float[] zeros(Slot slot) {
    return new float[(int) Shape.of(slot.shape).size()];
  }

  /** A tensor filled in one go: element by element is ten times slower. */
  private static TFloat32 tensor(float[] values, long... shape) {
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape));
    int size = (int) tensor.size();
    tensor.asRawTensor().data().asFloats().write(values, 0, size);
    return tensor;
  }

  private static float[] read(Tensor tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.asRawTensor().data().asFloats().read(values);
    return values;
  }

  @Override
  public void close() {
    session.close();
    graph.close();
  }
}

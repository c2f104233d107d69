package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TFloat32;

/**
 * A redshift network that has the answer's form built in: on a log-wavelength grid a redshift is a
 * shift, so it correlates features of the spectrum with learned rest-frame templates and gives
 * logits over log10(1+z).
 *
 * <p>Features come from a small trunk: convolutions k11 s2 → 8, k7 → W, and one more k5 s2 → W for
 * three halvings, each with batch normalisation and ReLU; a residual block of two k5; a linear 1×1
 * to C. The second convolution halves too, unless there is one halving only. There is one position
 * a bin of log10(1+z). With F of {@code [N, Q, C]} and templates T of {@code [Q + S − 1, C]}
 *
 * <pre>
 *  logit[s] = 0.02 · Σ(p, c) F[p, c] · T[p − s + S − 1, c] + bias[s]
 * </pre>
 *
 * @param pixels pixels in, a multiple of {@link #stride()}
 * @param channels channels in
 * @param features C
 * @param bins S, a multiple of {@value #LEAST_BLOCK}
 * @param halvings of the resolution, 1 to 3: a bin is 2, 4 or 8 pixels
 * @param inner W
 */
record CrossCorrelation(int pixels, int channels, int features, int bins, int halvings, int inner)
    implements Network {
  /** Bins come in multiples of this. */
  private static final int LEAST_BLOCK = 64;

  /**
   * Most shifts that one matrix product serves. A product this wide runs at its full speed, a tenth
   * faster than one of 64 columns; wider ones gain nothing and keep more shifted templates.
   */
  private static final int WIDEST_BLOCK = 272;

  /** A multiple of the 8 or 16 numbers that a processor takes at once, as W should be. */
  private static final int FIRST = 8;

  private static final float SCALE = 0.02f;
  private static final double TEMPLATE_DEVIATION = 0.1;

  CrossCorrelation {
    if (bins % LEAST_BLOCK != 0 || bins <= 0) {
      throw new IllegalArgumentException(
          "bins must be a positive multiple of %d, got %d".formatted(LEAST_BLOCK, bins));
    }
    if (halvings < 1 || halvings > 3) {
      throw new IllegalArgumentException("halvings must be 1 to 3, got " + halvings);
    }
    if (pixels % (1 << halvings) != 0 || pixels <= 0) {
      throw new IllegalArgumentException(
          "pixels must be a positive multiple of %d, got %d".formatted(1 << halvings, pixels));
    }
  }

  /** Pixels a bin. */
  int stride() {
    return 1 << halvings;
  }

  @Override
  public int outputs() {
    return bins;
  }

  @Override
  public Operand<TFloat32> build(Ops tf, Layers layers, Operand<TFloat32> spectra) {
    Operand<TFloat32> x = tf.reshape(spectra, tf.constant(new int[] {-1, 1, pixels, channels}));
    x = layers.convolveNormaliseRectify("conv1", x, halving(11, channels, FIRST));
    Layers.Kernel second = new Layers.Kernel(7, halvings > 1 ? 2 : 1, true, FIRST, inner);
    x = layers.convolveNormaliseRectify("conv2", x, second);
    if (halvings > 2) {
      x = layers.convolveNormaliseRectify("conv3", x, halving(5, inner, inner));
    }
    Layers.Kernel keeping = new Layers.Kernel(5, 1, true, inner, inner);
    Operand<TFloat32> y = layers.convolveNormaliseRectify("residual1", x, keeping);
    y = layers.convolveNormalise("residual2", y, keeping);
    x = tf.nn.relu(tf.math.add(x, y));
    x = layers.convolve("features", x, new Layers.Kernel(1, 1, true, inner, features));
    Operand<TFloat32> templates =
        layers.weight("templates", TEMPLATE_DEVIATION, pixels / stride() + bins - 1L, features);
    Operand<TFloat32> correlation = correlate(tf, layers, x, templates);
    return tf.math.add(
        tf.math.mul(correlation, tf.constant(SCALE)), layers.weight("bias", 0, bins));
  }

  /**
   * The sum in the class's formula, as matrix products: shifted copies of the templates, stacked,
   * serve a block of shifts at once. On weights that no longer change, {@link FewerProducts}.
   *
   * @param x features, {@code [N, 1, Q, C]}
   * @param templates {@code [Q + S − 1, C]}
   * @return {@code [N, S]}
   */
  Operand<TFloat32> correlate(
      Ops tf, Layers layers, Operand<TFloat32> x, Operand<TFloat32> templates) {
    int positions = pixels / stride();
    int block = block(layers.keeps() ? FewerProducts.WIDEST_BLOCK : WIDEST_BLOCK);
    int rows = positions + bins - block;
    Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, positions * features}));
    List<Operand<TFloat32>> templateCopies = copies(tf, templates, block);
    List<Operand<TFloat32>> shifted = new ArrayList<>();
    for (int j = 0; j < block; j++) {
      int from = block - 1 - j;
      shifted.add(
          tf.stridedSlice(templateCopies.get(j), Indices.slice(from, from + rows), Indices.all()));
    }
    Operand<TFloat32> stacked = tf.stack(shifted, Stack.axis(2L));
    return layers.keeps()
        ? new FewerProducts(tf, layers, features, block).correlate(flat, positions, stacked, bins)
        : products(tf, flat, stacked, block);
  }

  /** As many multiplications as the formula has: what gradients go through. */
  private Operand<TFloat32> products(
      Ops tf, Operand<TFloat32> flat, Operand<TFloat32> stacked, int block) {
    int positions = pixels / stride();
    List<Operand<TFloat32>> stackedCopies = copies(tf, stacked, bins / block);
    List<Operand<TFloat32>> flatCopies = copies(tf, flat, bins / block);
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (int k = 0; k < bins / block; k++) {
      int from = bins - block - k * block;
      Operand<TFloat32> window =
          tf.stridedSlice(
              stackedCopies.get(k),
              Indices.slice(from, from + positions),
              Indices.all(),
              Indices.all());
      Operand<TFloat32> matrix =
          tf.reshape(window, tf.constant(new int[] {positions * features, block}));
      logits.add(tf.linalg.matMul(flatCopies.get(k), matrix));
    }
    return logits.size() == 1 ? logits.get(0) : tf.concat(logits, tf.constant(1));
  }

  /** Shifts a matrix product: the largest whole share of all bins that is not too wide. */
  private int block(int widest) {
    int block = bins;
    for (int parts = 2; block > widest; parts++) {
      if (bins % parts == 0) {
        block = bins / parts;
      }
    }
    return block;
  }

  /**
   * The same value several times, by a tree that forks in two. TensorFlow adds up the gradients of
   * a value's uses in an order that changes from graph to graph, and with it the last digits; of
   * two the order does not matter, so that trainings repeat.
   */
  private static List<Operand<TFloat32>> copies(Ops tf, Operand<TFloat32> value, int number) {
    if (number == 1) {
      return List.of(value);
    }
    List<Operand<TFloat32>> copies = new ArrayList<>(copies(tf, tf.identity(value), number / 2));
    copies.addAll(copies(tf, tf.identity(value), number - number / 2));
    return copies;
  }

  private static Layers.Kernel halving(int width, int in, int out) {
    return new Layers.Kernel(width, 2, true, in, out);
  }
}

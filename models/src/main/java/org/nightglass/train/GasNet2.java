package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * GaSNet-II's residual network (arXiv:2311.04146, and its public code), layer for layer: six blocks
 * of 16 to 512 channels, each
 *
 * <pre>
 *  x ─┬─ conv k5 s1 same ─ BN ─ ReLU ─ conv k5 s3 valid ─ BN ─ ReLU ─ max-pool 5 s1 same ─┬─ + ─►
 *     └─ conv k5 s3 valid ──────────────────────────────────────────────────────────────┘
 * </pre>
 *
 * then flatten, dropout 0.5, dense 256 with ReLU, dense out. As classifier it gives logits, as
 * redshift network z·10.
 *
 * <p>Weights start as N(0, 1e-3), as in the paper, or as He et al. (2015), from which the network
 * learns much sooner. Convolutions before a batch normalisation have no bias, which it would take
 * away again.
 *
 * @param pixels pixels in, at least {@value #LEAST_PIXELS}
 * @param channels channels in
 * @param widthFactor times the paper's numbers of channels; 1 = the paper's, 0.25 for CPUs
 * @param outputs classes, or 1 for a redshift
 * @param asPublished whether weights start as in the paper
 */
record GasNet2(int pixels, int channels, double widthFactor, int outputs, boolean asPublished)
    implements Network {
  private static final double PUBLISHED_DEVIATION = 1e-3;

  private static final int[] BLOCK_CHANNELS = {16, 32, 64, 128, 256, 512};
  private static final int KERNEL = 5;
  private static final int STRIDE = 3;
  private static final int DENSE = 256;
  private static final float DROPOUT = 0.5f;

  /** Small, because the blocks' sums have grown by then: the first guesses are undecided. */
  private static final double OUTPUT_DEVIATION = 0.01;

  private static final int LEAST_PIXELS = 1821;

  GasNet2 {
    if (pixels < LEAST_PIXELS) {
      throw new IllegalArgumentException(
          "six strides of 3 need at least %d pixels, got %d".formatted(LEAST_PIXELS, pixels));
    }
    if (!(widthFactor >= 1.0 / 16 && widthFactor <= 4)) {
      throw new IllegalArgumentException(
          "width factor must be between 1/16 and 4, got " + widthFactor);
    }
  }

  @Override
  public @Nullable Double initialDeviation() {
    return asPublished ? PUBLISHED_DEVIATION : null;
  }

  @Override
  public Operand<TFloat32> build(Ops tf, Layers layers, Operand<TFloat32> spectra) {
    Operand<TFloat32> x = tf.reshape(spectra, tf.constant(new int[] {-1, 1, pixels, channels}));
    int in = channels;
    int length = pixels;
    for (int b = 0; b < BLOCK_CHANNELS.length; b++) {
      int out = (int) Math.max(1, Math.round(BLOCK_CHANNELS[b] * widthFactor));
      x = block(tf, layers, "block" + b, x, in, out);
      in = out;
      length = (length - KERNEL) / STRIDE + 1;
    }
    int flat = length * in;
    x = tf.reshape(x, tf.constant(new int[] {-1, flat}));
    x = layers.dropout(x, DROPOUT);
    x = tf.nn.relu(layers.dense("dense", x, Math.sqrt(2.0 / flat), flat, DENSE));
    return layers.dense("out", x, OUTPUT_DEVIATION, DENSE, outputs);
  }

  private static Operand<TFloat32> block(
      Ops tf, Layers layers, String name, Operand<TFloat32> x, int in, int out) {
    Layers.Kernel keeps = new Layers.Kernel(KERNEL, 1, true, in, out);
    Layers.Kernel shrinks = new Layers.Kernel(KERNEL, STRIDE, false, out, out);
    Layers.Kernel shortens = new Layers.Kernel(KERNEL, STRIDE, false, in, out);
    Operand<TFloat32> y = layers.convolveNormaliseRectify(name + "/conv1", x, keeps);
    y = layers.convolveNormaliseRectify(name + "/conv2", y, shrinks);
    y =
        tf.nn.maxPool(
            y, tf.constant(new int[] {1, 1, 5, 1}), tf.constant(new int[] {1, 1, 1, 1}), "SAME");
    return tf.math.add(y, layers.convolve(name + "/shortcut", x, shortens));
  }
}

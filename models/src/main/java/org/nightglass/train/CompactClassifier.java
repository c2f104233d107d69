package org.nightglass.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * A small classifier: convolutions k15 s4 → 24, k7 s3 → 48, k5 s3 → 72, k5 s2 → 96, each with batch
 * normalisation and ReLU; flatten, dropout 0.3, dense 192 with ReLU, dense out. It shrinks the
 * spectrum in its first layer, so a step of training costs half of {@link GasNet2}'s at a quarter
 * of its width: where time is short it sees twice as many spectra.
 *
 * @param pixels pixels in, at least {@value #LEAST_PIXELS}
 * @param channels channels in
 * @param outputs numbers out
 */
record CompactClassifier(int pixels, int channels, int outputs) implements Network {
  private static final int LEAST_PIXELS = 720;
  private static final int DENSE = 192;
  private static final float DROPOUT = 0.3f;

  /** Small: the first guesses are undecided. */
  private static final double OUTPUT_DEVIATION = 0.01;

  CompactClassifier {
    if (pixels < LEAST_PIXELS) {
      throw new IllegalArgumentException(
          "strides of 4, 3, 3 and 2 need at least %d pixels, got %d"
              .formatted(LEAST_PIXELS, pixels));
    }
  }

  @Override
  public Operand<TFloat32> build(Ops tf, Layers layers, Operand<TFloat32> spectra) {
    Operand<TFloat32> x = tf.reshape(spectra, tf.constant(new int[] {-1, 1, pixels, channels}));
    x = layers.convolveNormaliseRectify("conv1", x, new Layers.Kernel(15, 4, true, channels, 24));
    x = layers.convolveNormaliseRectify("conv2", x, new Layers.Kernel(7, 3, true, 24, 48));
    x = layers.convolveNormaliseRectify("conv3", x, new Layers.Kernel(5, 3, true, 48, 72));
    x = layers.convolveNormaliseRectify("conv4", x, new Layers.Kernel(5, 2, true, 72, 96));
    int length = up(up(up(up(pixels, 4), 3), 3), 2);
    int flat = length * 96;
    x = tf.reshape(x, tf.constant(new int[] {-1, flat}));
    x = layers.dropout(x, DROPOUT);
    x = tf.nn.relu(layers.dense("dense", x, Math.sqrt(2.0 / flat), flat, DENSE));
    return layers.dense("out", x, OUTPUT_DEVIATION, DENSE, outputs);
  }

  private static int up(int length, int stride) {
    return (length + stride - 1) / stride;
  }
}

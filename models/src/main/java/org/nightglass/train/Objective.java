package org.nightglass.train;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What a training makes small. */
enum Objective {
  /** Cross-entropy between softmax(output) and target probabilities {@code [N, outputs]}. */
  CROSS_ENTROPY {
    @Override
    Operand<TFloat32> perSpectrum(Ops tf, Operand<TFloat32> output, Operand<TFloat32> target) {
      return tf.nn.softmaxCrossEntropyWithLogits(output, target).loss();
    }
  },

  /** Huber loss with δ = 0.1 between outputs and targets, as GaSNet-II has it for z·10. */
  HUBER {
    private static final float DELTA = 0.1f;

    @Override
    Operand<TFloat32> perSpectrum(Ops tf, Operand<TFloat32> output, Operand<TFloat32> target) {
      Operand<TFloat32> size = tf.math.abs(tf.math.sub(output, target));
      Operand<TFloat32> core = tf.math.minimum(size, tf.constant(DELTA));
      // core·(size − core/2) is size²/2 within δ and δ·(size − δ/2) beyond.
      Operand<TFloat32> loss =
          tf.math.mul(core, tf.math.sub(size, tf.math.mul(core, tf.constant(0.5f))));
      return tf.math.mean(loss, tf.constant(1));
    }
  };

  /** The loss of each spectrum, {@code [N]}. */
  abstract Operand<TFloat32> perSpectrum(
      Ops tf, Operand<TFloat32> output, Operand<TFloat32> target);
}

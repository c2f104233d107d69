package org.nightglass.train;

import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network's architecture, without its weights. */
interface Network {

  /** Pixels in. */
  int pixels();

  /** Channels in. */
  int channels();

  /** Numbers out for each spectrum. */
  int outputs();

  /**
   * Standard deviation of the normal initial values of every kernel; null = each layer's own (He et
   * al. 2015 for convolutions).
   */
  default @Nullable Double initialDeviation() {
    return null;
  }

  /**
   * Builds it.
   *
   * @param tf where to
   * @param layers where its weights come from
   * @param spectra {@code [N, pixels, channels]}
   * @return {@code [N, outputs]}: logits, or redshifts
   */
  Operand<TFloat32> build(Ops tf, Layers layers, Operand<TFloat32> spectra);
}

package org.nightglass.train;

import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What networks are built of. Spectra run along the width axis, {@code [N, 1, length, channels]}:
 * with the length on the height axis TensorFlow's convolutions are three times slower on a CPU.
 */
interface Layers {

  /**
   * A convolution's shape.
   *
   * @param width pixels
   * @param stride step in pixels
   * @param same whether the ends are padded so that the length is kept (divided by the stride,
   *     rounded up); else only whole windows count
   * @param in channels in
   * @param out channels out
   */
  record Kernel(int width, int stride, boolean same, int in, int out) {}

  /** Convolution plus bias. */
  Operand<TFloat32> convolve(String name, Operand<TFloat32> x, Kernel kernel);

  /** Convolution, batch normalisation (ε = 1e-3), ReLU. */
  Operand<TFloat32> convolveNormaliseRectify(String name, Operand<TFloat32> x, Kernel kernel);

  /** Convolution and batch normalisation without activation. */
  Operand<TFloat32> convolveNormalise(String name, Operand<TFloat32> x, Kernel kernel);

  /**
   * A weight.
   *
   * @param deviation standard deviation of its normal initial values; 0 for zeros
   */
  Operand<TFloat32> weight(String name, double deviation, long... shape);

  /**
   * A dense layer: {@code x·kernel + bias}.
   *
   * @param deviation standard deviation of the kernel's normal initial values
   */
  Operand<TFloat32> dense(String name, Operand<TFloat32> x, double deviation, int in, int out);

  /**
   * A value that depends on weights alone. An exported network works it out once, when it is
   * loaded, and keeps it; a network in training, whenever it runs.
   *
   * @param name its own within the network
   * @param shape of the value
   */
  Operand<TFloat32> kept(String name, Operand<TFloat32> value, long... shape);

  /**
   * Whether {@link #kept} values are worked out only once, so that it pays to prepare them further.
   */
  boolean keeps();

  /** Drops activations while training; does nothing otherwise. */
  Operand<TFloat32> dropout(Operand<TFloat32> x, float rate);
}

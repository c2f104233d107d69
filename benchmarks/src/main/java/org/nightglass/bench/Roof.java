package org.nightglass.bench;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.Precision;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.family.TFloating;

/**
 * What the machine can do at most, measured a few times: the roof of a roofline model (Williams,
 * Waterman and Patterson 2009).
 *
 * @param gflops 10⁹ floating-point operations a second, of TensorFlow's product of two large square
 *     matrices, with the engine's session settings and as many threads as the application has
 * @param bfloat16Gflops the same of matrices of bfloat16 numbers
 * @param gigabytes 10⁹ bytes a second to and from memory: arrays larger than any cache copied, read
 *     and written bytes counted
 */
record Roof(double gflops, double bfloat16Gflops, double gigabytes) {
  private static final int TIMES = 3;
  private static final int SIDE = 1536;
  private static final int PRODUCTS = 24;
  private static final int COPIED = 256 << 20; // bytes, outside of the heap
  private static final int COPIES = 8;

  static Roof measure(Crew crew) throws InterruptedException {
    Roof roof = new Roof(0, 0, 0);
    for (int time = 0; time < TIMES; time++) {
      roof =
          new Roof(
              Math.max(roof.gflops, products(crew, TFloat32.class)),
              Math.max(roof.bfloat16Gflops, products(crew, TBfloat16.class)),
              Math.max(roof.gigabytes, copies(crew)));
    }
    return roof;
  }

  /** Operations a second that are in reach at so many operations a byte. */
  double gflops(Precision precision, double flopPerByte) {
    double products = precision == Precision.BFLOAT16 ? bfloat16Gflops : gflops;
    return Math.min(products, gigabytes * flopPerByte);
  }

  private static <T extends TFloating> double products(Crew crew, Class<T> type)
      throws InterruptedException {
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i % 7 - 3) * 0.1f;
    }
    try (Graph graph = new Graph();
        Session session = new Session(graph, Devices.find(EngineOptions.DEFAULT).config())) {
      Ops tf = Ops.create(graph);
      Operand<TFloat32> left =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(SIDE, SIDE)));
      Operand<T> factor = tf.dtypes.cast(left, type);
      Operand<T> product = tf.linalg.matMul(factor, factor);
      // One number comes back, so that no copy of the product counts.
      Operand<TFloat32> sum =
          tf.dtypes.cast(tf.reduceMax(product, tf.constant(new int[] {0, 1})), TFloat32.class);
      try (TFloat32 matrix =
          TFloat32.tensorOf(Shape.of(SIDE, SIDE), DataBuffers.of(FloatBuffer.wrap(values)))) {
        for (int warm = 0; warm < 2; warm++) {
          run(session, left, matrix, sum);
        }
        Measurement measured =
            crew.measure(PRODUCTS, PRODUCTS, i -> run(session, left, matrix, sum));
        return measured.rate() * 2 * Math.pow(SIDE, 3) / 1e9;
      }
    }
  }

  private static void run(
      Session session, Operand<TFloat32> input, TFloat32 matrix, Operand<TFloat32> output) {
    try (Result unused = session.runner().feed(input, matrix).fetch(output).run()) {
      // The number stays where it is.
    }
  }

  private static double copies(Crew crew) throws InterruptedException {
    ByteBuffer from = ByteBuffer.allocateDirect(COPIED);
    ByteBuffer to = ByteBuffer.allocateDirect(COPIED);
    int part = COPIED / 2;
    Measurement measured =
        crew.measure(2 * COPIES, 2 * COPIES, i -> to.put(i % 2 * part, from, i % 2 * part, part));
    return measured.rate() * part * 2.0 / 1e9;
  }
}

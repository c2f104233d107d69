package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.index.Indices;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The correlation of a network whose templates no longer change, with fewer multiplications than
 * its formula has.
 *
 * <p>Positions and shifts are cut into blocks of H. Which template meets which feature depends on
 * the difference of position and shift alone, so block b of the logits is Σ_a x_a·M_(a−b): a
 * Toeplitz matrix whose elements are matrices. Of two blocks by two,
 *
 * <pre>
 *  out_0 = (x_0 + x_1)·M_0 + x_1·(M_1 − M_0)
 *  out_1 = (x_0 + x_1)·M_0 + x_0·(M_−1 − M_0)
 * </pre>
 *
 * three products do the work of four; of four blocks by four, which are two by two of the same
 * kind, nine do that of sixteen, of eight by eight 27 that of 64 (the method of Karatsuba and
 * Ofman, 1962; for Toeplitz matrices Winograd, 1980). The differences depend on weights alone: they
 * are {@linkplain Layers#kept kept}. Positions beyond the last whole block have a product of their
 * own.
 */
final class FewerProducts {
  /**
   * Most shifts a block. Halves of it would save another quarter of the multiplications, but
   * products so narrow run at a lower speed.
   */
  static final int WIDEST_BLOCK = 136;

  private final Ops tf;
  private final Layers layers;
  private final int features;
  private final int block;
  private int products;

  /**
   * @param features C
   * @param block H
   */
  FewerProducts(Ops tf, Layers layers, int features, int block) {
    this.tf = tf;
    this.layers = layers;
    this.features = features;
    this.block = block;
  }

  /**
   * Correlates.
   *
   * @param flat features, {@code [N, Q·C]}
   * @param positions Q
   * @param stacked shifted templates, {@code [Q + S − H, C, H]}
   * @param bins S, a multiple of H
   * @return {@code [N, S]}
   */
  Operand<TFloat32> correlate(
      Operand<TFloat32> flat, int positions, Operand<TFloat32> stacked, int bins) {
    int out = bins / block;
    int side = side(positions / block, out);
    int in = side == 1 ? 0 : positions / block; // single blocks save nothing: one product for all
    int unshifted = bins - block;
    List<Operand<TFloat32>> x =
        IntStream.range(0, in).mapToObj(a -> columns(flat, a * block, (a + 1) * block)).toList();
    List<Operand<TFloat32>> logits = new ArrayList<>();
    for (int b = 0; b < out; b += side) {
      List<Operand<TFloat32>> sum = List.of();
      for (int a = 0; a < in; a += side) {
        List<Operand<TFloat32>> differences = new ArrayList<>();
        for (int d = 1 - side; d < side; d++) {
          differences.add(window(stacked, unshifted + (a - b + d) * block, block));
        }
        List<Operand<TFloat32>> part = multiply(x.subList(a, a + side), differences);
        sum = sum.isEmpty() ? part : add(sum, part);
      }
      logits.addAll(sum);
    }
    int rest = positions - in * block;
    if (rest == 0) {
      return joined(logits);
    }
    List<Operand<TFloat32>> beyond =
        IntStream.range(0, out)
            .mapToObj(b -> window(stacked, unshifted + (in - b) * block, rest))
            .toList();
    Operand<TFloat32> last =
        tf.linalg.matMul(
            columns(flat, in * block, positions),
            layers.kept("rest", joined(beyond), (long) rest * features, bins));
    return logits.isEmpty() ? last : tf.math.add(joined(logits), last);
  }

  /** Blocks at a time: the largest power of two that both numbers are multiples of, or 1. */
  private static int side(int in, int out) {
    return in == 0 ? 1 : Math.min(Integer.lowestOneBit(in), Integer.lowestOneBit(out));
  }

  /**
   * A Toeplitz matrix of blocks times a vector of blocks.
   *
   * @param x a power of two of blocks, n
   * @param differences 2n − 1 matrices: those of a − b from 1 − n to n − 1
   */
  private List<Operand<TFloat32>> multiply(
      List<Operand<TFloat32>> x, List<Operand<TFloat32>> differences) {
    int n = x.size();
    if (n == 1) {
      Operand<TFloat32> matrix =
          layers.kept("product" + products++, differences.get(0), (long) block * features, block);
      return List.of(tf.linalg.matMul(x.get(0), matrix));
    }
    int half = n / 2;
    List<Operand<TFloat32>> first = x.subList(0, half);
    List<Operand<TFloat32>> second = x.subList(half, n);
    List<Operand<TFloat32>> before = differences.subList(0, n - 1);
    List<Operand<TFloat32>> same = differences.subList(half, half + n - 1);
    List<Operand<TFloat32>> after = differences.subList(n, 2 * n - 1);
    List<Operand<TFloat32>> both = multiply(add(first, second), same);
    List<Operand<TFloat32>> out =
        new ArrayList<>(add(both, multiply(second, subtract(after, same))));
    out.addAll(add(both, multiply(first, subtract(before, same))));
    return out;
  }

  private List<Operand<TFloat32>> add(List<Operand<TFloat32>> a, List<Operand<TFloat32>> b) {
    return IntStream.range(0, a.size())
        .<Operand<TFloat32>>mapToObj(i -> tf.math.add(a.get(i), b.get(i)))
        .toList();
  }

  private List<Operand<TFloat32>> subtract(List<Operand<TFloat32>> a, List<Operand<TFloat32>> b) {
    return IntStream.range(0, a.size())
        .<Operand<TFloat32>>mapToObj(i -> tf.math.sub(a.get(i), b.get(i)))
        .toList();
  }

  private Operand<TFloat32> columns(Operand<TFloat32> flat, int from, int to) {
    return tf.stridedSlice(flat, Indices.all(), Indices.slice(from * features, to * features));
  }

  private Operand<TFloat32> window(Operand<TFloat32> stacked, int from, int rows) {
    Operand<TFloat32> rowsOf =
        tf.stridedSlice(stacked, Indices.slice(from, from + rows), Indices.all(), Indices.all());
    return tf.reshape(rowsOf, tf.constant(new int[] {rows * features, block}));
  }

  private Operand<TFloat32> joined(List<Operand<TFloat32>> columns) {
    return columns.size() == 1 ? columns.get(0) : tf.concat(columns, tf.constant(1));
  }
}

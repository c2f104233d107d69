package org.nightglass.train;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.nightglass.infer.SavedModel;

/**
 * A network of a bundle that there is already.
 *
 * @param model closed with this
 */
record SavedNetwork(SavedModel model) implements FixedNetwork {

  @Override
  public int size() {
    return model.outputSize();
  }

  @Override
  public float[] run(int n, float[] batch) {
    int width = model.inputSize();
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = Arrays.copyOfRange(batch, i * width, (i + 1) * width);
    }
    float[][] outputs = model.run(rows, IntStream.range(0, n).toArray(), n);
    float[] values = new float[n * size()];
    for (int i = 0; i < n; i++) {
      System.arraycopy(outputs[i], 0, values, i * size(), size());
    }
    return values;
  }

  @Override
  public void close() {
    model.close();
  }
}

package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftDecoder;
import org.nightglass.infer.RedshiftEstimate;

/**
 * The redshift networks of some classes and how their output is read. Owns {@code network}.
 *
 * @param network all members
 * @param redshift how the card describes it
 */
record Ensemble(FixedNetwork network, ModelCard.Redshift redshift) implements AutoCloseable {
  private static final int BATCH = 128;

  /** The same with errors calibrated; null = as they come. */
  Ensemble with(ModelCard.@Nullable ErrorCalibration calibration) {
    return described(calibration, redshift.acceptance());
  }

  /** The same with limits of its own. */
  Ensemble with(ModelCard.@Nullable Acceptance acceptance) {
    return described(redshift.calibration(), acceptance);
  }

  private Ensemble described(
      ModelCard.@Nullable ErrorCalibration calibration, ModelCard.@Nullable Acceptance acceptance) {
    ModelCard.Redshift r = redshift;
    return new Ensemble(
        network,
        new ModelCard.Redshift(
            r.classes(),
            r.network(),
            r.kind(),
            r.members(),
            r.binStart(),
            r.binStep(),
            r.bins(),
            r.pointScale(),
            calibration,
            acceptance));
  }

  /** Takes what the networks say of a spectrum. */
  interface Reader<T> {
    /**
     * @param index of the spectrum in its pool
     * @param output of a batch
     * @param offset of the spectrum's first number
     */
    T read(int index, float[] output, int offset);
  }

  /** Redshifts of some spectra of a pool, in order. */
  List<RedshiftEstimate> estimate(SamplePool pool, int[] indices, int inputSize) {
    RedshiftDecoder decoder = new RedshiftDecoder(redshift);
    return run(
        pool,
        indices,
        inputSize,
        (index, output, offset) -> decoder.decode(output, offset, pool.snr(index)));
  }

  /** Runs the networks on some spectra of a pool, in order. */
  <T> List<T> run(SamplePool pool, int[] indices, int inputSize, Reader<T> reader) {
    List<T> read = new ArrayList<>();
    float[] batch = new float[BATCH * inputSize];
    for (int from = 0; from < indices.length; from += BATCH) {
      int n = Math.min(BATCH, indices.length - from);
      for (int slot = 0; slot < n; slot++) {
        pool.write(indices[from + slot], batch, slot);
      }
      float[] output = network.run(n, batch);
      for (int slot = 0; slot < n; slot++) {
        read.add(reader.read(indices[from + slot], output, slot * network.size()));
      }
    }
    return read;
  }

  @Override
  public void close() {
    network.close();
  }
}

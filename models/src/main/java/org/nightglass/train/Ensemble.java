package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftDecoder;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/**
 * The trained redshift networks of one family and how their output is read. Owns {@code network}.
 *
 * @param family whose
 * @param network all members
 * @param redshift how the card describes it
 */
record Ensemble(SourceClass family, FrozenNetwork network, ModelCard.Redshift redshift)
    implements AutoCloseable {
  private static final int BATCH = 128;

  /** The same with errors calibrated. */
  Ensemble with(ModelCard.ErrorCalibration calibration) {
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
        family,
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

  /** Redshifts of some spectra of a pool, in order. */
  List<RedshiftEstimate> estimate(SamplePool pool, int[] indices, int inputSize) {
    RedshiftDecoder decoder = new RedshiftDecoder(redshift);
    List<RedshiftEstimate> estimates = new ArrayList<>();
    float[] batch = new float[BATCH * inputSize];
    for (int from = 0; from < indices.length; from += BATCH) {
      int n = Math.min(BATCH, indices.length - from);
      for (int slot = 0; slot < n; slot++) {
        pool.write(indices[from + slot], batch, slot);
      }
      float[] output = network.run(n, batch);
      for (int slot = 0; slot < n; slot++) {
        double snr = pool.snr(indices[from + slot]);
        estimates.add(decoder.decode(output, slot * network.size(), snr));
      }
    }
    return estimates;
  }

  @Override
  public void close() {
    network.close();
  }
}

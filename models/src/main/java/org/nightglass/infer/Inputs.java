package org.nightglass.infer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A batch's normalised rows, each made once a normalisation and only if a network asks for it. Used
 * by one thread, for one call.
 */
final class Inputs {
  private final List<PreparedSpectrum> batch;
  private final int pixels;
  private final Map<String, float[][]> rows = new HashMap<>();

  /**
   * @throws IllegalArgumentException if a spectrum has another number of pixels
   */
  Inputs(List<PreparedSpectrum> batch, int pixels) {
    for (PreparedSpectrum spectrum : batch) {
      if (spectrum.flux().length != pixels || spectrum.ivar().length != pixels) {
        throw new IllegalArgumentException(
            "spectrum %s has %d pixels of flux and %d of ivar, the model's grid has %d"
                .formatted(
                    spectrum.observation().spectrumId(),
                    spectrum.flux().length,
                    spectrum.ivar().length,
                    pixels));
      }
    }
    this.batch = batch;
    this.pixels = pixels;
  }

  /**
   * @param which the rows that the caller will read
   * @return a row of {@code pixels × channels} numbers for each spectrum of the batch, of which
   *     those of {@code which} are there. Rows are arrays of their own: one for a whole batch would
   *     be large enough to be collected apart from all others, every time.
   */
  float[][] of(Normalisation normalisation, int[] which) {
    float[][] out = rows.computeIfAbsent(normalisation.name(), n -> new float[batch.size()][]);
    for (int row : which) {
      if (out[row] == null) {
        out[row] = new float[pixels * normalisation.channels()];
        normalisation.write(batch.get(row), out[row], 0);
      }
    }
    return out;
  }
}

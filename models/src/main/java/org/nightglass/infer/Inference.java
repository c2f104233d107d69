package org.nightglass.infer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of one spectrum.
 *
 * @param classes class labels, in the model's order
 * @param probabilities one a class, finite, adding up to 1
 * @param redshift null for a class that has no redshift network (stars, in the paper's manner)
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
public record Inference(
    List<String> classes, double[] probabilities, @Nullable RedshiftEstimate redshift) {

  /** Index of the most probable class. */
  public int best() {
    int best = 0;
    for (int i = 1; i < probabilities.length; i++) {
      if (probabilities[i] > probabilities[best]) {
        best = i;
      }
    }
    return best;
  }
}

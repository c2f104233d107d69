package org.nightglass.infer;

import org.jspecify.annotations.Nullable;

/**
 * A classifier's output as probabilities.
 *
 * @param classes one a class, adding up to 1: what is believed given that the spectrum is of one of
 *     them
 * @param outlier probability that it is of none: the softmax over all outputs, as they come; null
 *     where the network does not tell
 */
@SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
public record ClassProbabilities(double[] classes, @Nullable Double outlier) {

  /**
   * @param logits the network's output, finite
   * @param offset index of the spectrum's first number
   * @param classifier what the numbers mean
   */
  public static ClassProbabilities of(float[] logits, int offset, ModelCard.Classifier classifier) {
    int n = classifier.classes().size();
    double[] classes = Softmax.of(logits, offset, n, classifier.temperature());
    Double outlier =
        classifier.outlierLimit() == null ? null : (Double) Softmax.of(logits, offset, n + 1, 1)[n];
    return new ClassProbabilities(classes, outlier);
  }
}

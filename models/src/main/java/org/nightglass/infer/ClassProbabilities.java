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
  /** Stands for a probability of 0, whose logarithm is not finite. */
  private static final double LEAST = 1e-30;

  /**
   * @param logits the network's output, finite: logits, or what the classifier's kind says
   * @param offset index of the spectrum's first number
   * @param classifier what the numbers mean
   */
  public static ClassProbabilities of(float[] logits, int offset, ModelCard.Classifier classifier) {
    int n = classifier.classes().size();
    if (classifier.kind() == ModelCard.ClassifierKind.PROBABILITIES) {
      return of(logarithms(logits, offset, classifier.outputs()), 0, asLogits(classifier));
    }
    double[] classes = Softmax.of(logits, offset, n, classifier.temperature());
    Double outlier =
        classifier.outlierLimit() == null ? null : (Double) Softmax.of(logits, offset, n + 1, 1)[n];
    return new ClassProbabilities(classes, outlier);
  }

  /** Whether the spectrum counts as one of no source that the classifier knows. */
  boolean isOutlier(ModelCard.Classifier classifier) {
    Double limit = classifier.outlierLimit();
    return outlier != null && limit != null && outlier > limit;
  }

  /** Logarithms of probabilities are logits whose softmax is those probabilities again. */
  private static float[] logarithms(float[] probabilities, int offset, int length) {
    float[] logits = new float[length];
    for (int i = 0; i < length; i++) {
      logits[i] = (float) Math.log(Math.max(LEAST, probabilities[offset + i]));
    }
    return logits;
  }

  private static ModelCard.Classifier asLogits(ModelCard.Classifier c) {
    return new ModelCard.Classifier(
        c.network(),
        c.classes(),
        c.temperature(),
        c.outlierLimit(),
        ModelCard.ClassifierKind.LOGITS,
        c.secondOpinion());
  }
}

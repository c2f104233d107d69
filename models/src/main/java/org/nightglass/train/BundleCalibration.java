package org.nightglass.train;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.ClassifierKind;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.SecondOpinion;

/**
 * What turns networks' numbers into what is said of a spectrum, and how good that is found to be.
 *
 * @param classified the classifier's temperature and its limit for outliers
 * @param opinion what ensembles are asked in doubt; null = nothing
 * @param redshifts the ensembles' descriptions with their errors and limits
 * @param acceptance for classes without limits of their own
 * @param metrics by the names that stand in cards
 */
record BundleCalibration(
    Classified classified,
    @Nullable SecondOpinion opinion,
    List<Redshift> redshifts,
    Acceptance acceptance,
    Map<String, Double> metrics) {

  /**
   * How a card describes the classifier.
   *
   * @param network the classifier's
   * @param classes its labels
   */
  Classifier classifier(Network network, List<String> classes, @Nullable ClassifierKind kind) {
    return new Classifier(
        network, classes, classified.temperature(), classified.outlierLimit(), kind, opinion);
  }
}

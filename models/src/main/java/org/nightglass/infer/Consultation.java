package org.nightglass.infer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.SecondOpinion;

/**
 * Which ensembles are asked about each spectrum of a batch, and what their answers make of its
 * class: the ensemble of the family that the classifier speaks for, and where there is doubt, those
 * of the other families that it may be.
 *
 * <p>Of what the classifier takes for no source no second opinion is asked: whatever the ensembles
 * said, it would not be accepted.
 */
final class Consultation {
  private final ModelCard.Classifier classifier;
  private final ClassEnsembles ensembleOf;
  private final ClassProbabilities[] probabilities;
  private final int[] lead;
  private final double[][] shares;
  private final @Nullable RedshiftEstimate[][] estimates;

  /**
   * @param classifier as its card describes it
   * @param ensembleOf which classes each ensemble has
   * @param ensembles how many there are
   * @param probabilities what the classifier says, one a spectrum
   */
  Consultation(
      ModelCard.Classifier classifier,
      ClassEnsembles ensembleOf,
      int ensembles,
      ClassProbabilities[] probabilities) {
    this.classifier = classifier;
    this.ensembleOf = ensembleOf;
    this.probabilities = probabilities.clone();
    int size = probabilities.length;
    this.lead = new int[size];
    this.shares = new double[size][];
    this.estimates = new RedshiftEstimate[ensembles][size];
    for (int i = 0; i < size; i++) {
      lead[i] = ensembleOf.of(probabilities[i].classes());
      shares[i] = ensembleOf.shares(probabilities[i].classes());
    }
  }

  /** Where an ensemble's answers belong, one a spectrum; null = it was not asked. */
  @Nullable RedshiftEstimate[] estimates(int ensemble) {
    return estimates[ensemble];
  }

  /**
   * Whether an ensemble is asked at first. What the classifier alone puts in doubt goes with the
   * rest, which fills batches.
   */
  boolean atFirst(int spectrum, int ensemble) {
    SecondOpinion opinion = opinion(spectrum);
    return lead[spectrum] == ensemble
        || (opinion != null
            && shares[spectrum][lead[spectrum]] < opinion.minProbability()
            && ClassEnsembles.asked(opinion, shares[spectrum], lead[spectrum], ensemble));
  }

  /** Whether an ensemble is asked as well, now that it is known whether there is a clear peak. */
  boolean then(int spectrum, int ensemble) {
    SecondOpinion opinion = opinion(spectrum);
    return opinion != null
        && inDoubt(opinion, spectrum)
        && estimates[ensemble][spectrum] == null
        && ClassEnsembles.asked(opinion, shares[spectrum], lead[spectrum], ensemble);
  }

  private boolean inDoubt(SecondOpinion opinion, int spectrum) {
    int own = lead[spectrum];
    return ClassEnsembles.inDoubt(opinion, shares[spectrum][own], estimates[own][spectrum]);
  }

  private @Nullable SecondOpinion opinion(int spectrum) {
    return probabilities[spectrum].isOutlier(classifier) ? null : classifier.secondOpinion();
  }

  /** What all answers together make of a spectrum. */
  Inference conclude(int spectrum) {
    ClassProbabilities own = probabilities[spectrum];
    SecondOpinion opinion = opinion(spectrum);
    double[] classes =
        opinion != null && inDoubt(opinion, spectrum)
            ? ensembleOf.revise(opinion, own.classes(), answers(spectrum))
            : own.classes();
    int e = ensembleOf.of(classes);
    return new Inference(
        classifier.classes(),
        classes,
        own.outlier(),
        e == ClassEnsembles.NONE ? null : estimates[e][spectrum]);
  }

  private List<@Nullable RedshiftEstimate> answers(int spectrum) {
    List<@Nullable RedshiftEstimate> answers = new ArrayList<>();
    for (@Nullable RedshiftEstimate[] of : estimates) {
      answers.add(of[spectrum]);
    }
    return answers;
  }
}

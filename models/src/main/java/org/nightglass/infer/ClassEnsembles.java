package org.nightglass.infer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.SecondOpinion;

/**
 * Which class belongs to which redshift ensemble, and what the ensembles' {@link SecondOpinion}
 * makes of the classifier's probabilities.
 */
public final class ClassEnsembles {
  /** Stands for a class without an ensemble. */
  public static final int NONE = -1;

  /** Keeps logarithms finite. */
  private static final double LEAST = 1e-6;

  private final List<String> classes;
  private final int[] ensembleOf;
  private final int number;

  /**
   * @param classes the classifier's labels
   * @param redshifts the classes of each ensemble
   */
  public ClassEnsembles(List<String> classes, List<List<String>> redshifts) {
    Map<String, Integer> known = new HashMap<>();
    for (int e = 0; e < redshifts.size(); e++) {
      for (String label : redshifts.get(e)) {
        known.put(label, e);
      }
    }
    this.classes = classes;
    this.ensembleOf = classes.stream().mapToInt(c -> known.getOrDefault(c, NONE)).toArray();
    this.number = redshifts.size();
  }

  /** The ensemble of the class that the probabilities speak for, or {@link #NONE}. */
  public int of(double[] probabilities) {
    return ensembleOf[Inference.best(classes, probabilities)];
  }

  /** The ensemble of a class, or {@link #NONE}. */
  public int ofClass(int index) {
    return ensembleOf[index];
  }

  /** Each ensemble's share: the probability of its classes together. */
  public double[] shares(double[] probabilities) {
    double[] shares = new double[number];
    for (int c = 0; c < probabilities.length; c++) {
      if (ensembleOf[c] != NONE) {
        shares[ensembleOf[c]] += probabilities[c];
      }
    }
    return shares;
  }

  /**
   * Whether the classifier is in doubt.
   *
   * @param share of the ensemble that the classifier speaks for
   * @param estimate by that ensemble
   */
  public static boolean inDoubt(
      SecondOpinion opinion, double share, @Nullable RedshiftEstimate estimate) {
    return share < opinion.minProbability() || peak(estimate) < opinion.minPeak();
  }

  /**
   * Whether an ensemble is asked about a spectrum in doubt.
   *
   * @param shares of all ensembles
   * @param lead the ensemble that the classifier speaks for, which always is
   */
  public static boolean asked(SecondOpinion opinion, double[] shares, int lead, int ensemble) {
    Double least = opinion.minShare();
    return least == null || ensemble == lead || shares[ensemble] >= least;
  }

  /**
   * What an opinion weighs: ln P of each ensemble.
   *
   * @param share P, 0 to 1
   */
  public static double logarithm(double share) {
    return Math.log(Math.max(LEAST, Math.min(1, share)));
  }

  /** What an opinion weighs: ln(q / (1 − q)) of an ensemble's peak probability q. */
  public static double logOdds(@Nullable RedshiftEstimate estimate) {
    double q = Math.max(LEAST, Math.min(1 - LEAST, peak(estimate)));
    return Math.log(q / (1 - q));
  }

  private static double peak(@Nullable RedshiftEstimate estimate) {
    Double peak = estimate == null ? null : estimate.peakProbability();
    return peak == null ? 0 : peak;
  }

  /**
   * Probabilities of the classes as the ensembles see them.
   *
   * @param probabilities the classifier's
   * @param estimates one an ensemble; null = it was not asked
   */
  public double[] revise(
      SecondOpinion opinion,
      double[] probabilities,
      List<? extends @Nullable RedshiftEstimate> estimates) {
    double[] shares = shares(probabilities);
    double[] scores = new double[number];
    double left = 1;
    for (int e = 0; e < number; e++) {
      RedshiftEstimate estimate = estimates.get(e);
      if (estimate == null) {
        scores[e] = Double.NEGATIVE_INFINITY;
        left -= shares[e];
      } else {
        scores[e] =
            opinion.classWeight() * logarithm(shares[e])
                + opinion.peakWeights().get(e) * logOdds(estimate)
                + opinion.offsets().get(e);
      }
    }
    double[] revised = Softmax.of(scores);
    for (int e = 0; e < number; e++) {
      revised[e] = estimates.get(e) == null ? shares[e] : left * revised[e];
    }
    double[] out = new double[probabilities.length];
    int[] members = new int[number];
    Arrays.stream(ensembleOf).forEach(e -> members[e]++);
    for (int c = 0; c < out.length; c++) {
      int e = ensembleOf[c];
      double within = shares[e] > LEAST ? probabilities[c] / shares[e] : 1.0 / members[e];
      out[c] = revised[e] * within;
    }
    return out;
  }
}

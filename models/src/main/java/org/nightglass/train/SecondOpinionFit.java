package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.SecondOpinion;

/**
 * Learns what the redshift ensembles' peaks say of a spectrum's family: the weights of {@link
 * SecondOpinion} that make the likelihood of the true families greatest, by Newton's method. The
 * function has one summit.
 */
final class SecondOpinionFit {
  private static final int ITERATIONS = 40;

  /** Keeps weights finite where the families can be told apart without an error. */
  private static final double RIDGE = 1e-3;

  /** Of fewer spectra nothing is learned. */
  private static final int LEAST = 50;

  private static final double GREATEST = 50;

  private final int ensembles;
  private final List<double[][]> features = new ArrayList<>();
  private final List<Integer> truths = new ArrayList<>();

  SecondOpinionFit(int ensembles) {
    this.ensembles = ensembles;
  }

  /**
   * Adds a spectrum that the classifier is in doubt about.
   *
   * @param logarithms ln P of each ensemble
   * @param logOdds of each ensemble's peak
   * @param truth the ensemble whose classes it belongs to
   */
  void add(double[] logarithms, double[] logOdds, int truth) {
    double[][] rows = new double[ensembles][];
    for (int e = 0; e < ensembles; e++) {
      double[] row = new double[2 * ensembles];
      row[0] = logarithms[e];
      row[1 + e] = logOdds[e];
      // The last one's offset is 0: only differences count.
      if (e < ensembles - 1) {
        row[1 + ensembles + e] = 1;
      }
      rows[e] = row;
    }
    features.add(rows);
    truths.add(truth);
  }

  /** The opinion, or null where there is too little to learn from. */
  @Nullable SecondOpinion fit(double minProbability, double minPeak) {
    if (features.size() < LEAST) {
      return null;
    }
    double[] weights = new double[2 * ensembles];
    weights[0] = 1;
    for (int k = 0; k < ITERATIONS; k++) {
      double[] step = newton(weights);
      double shorten =
          Math.min(1, 2 / Math.max(1e-9, Arrays.stream(step).map(Math::abs).max().orElse(0)));
      for (int w = 0; w < weights.length; w++) {
        weights[w] -= shorten * step[w];
      }
    }
    if (!Arrays.stream(weights).allMatch(w -> Math.abs(w) <= GREATEST)) {
      return null;
    }
    return new SecondOpinion(
        minProbability,
        minPeak,
        weights[0],
        Arrays.stream(weights, 1, 1 + ensembles).boxed().toList(),
        DoubleStream.concat(
                Arrays.stream(weights, 1 + ensembles, weights.length), DoubleStream.of(0))
            .boxed()
            .toList());
  }

  /** What Newton's method takes off the weights: the inverse Hessian times the gradient. */
  private double[] newton(double[] weights) {
    int n = weights.length;
    double[][] equations = new double[n][n + 1];
    for (int w = 0; w < n; w++) {
      double ridge = RIDGE * features.size();
      equations[w][w] = ridge;
      equations[w][n] = ridge * weights[w];
    }
    for (int i = 0; i < features.size(); i++) {
      add(equations, features.get(i), truths.get(i), weights);
    }
    return Statistics.solve(equations);
  }

  private void add(double[][] equations, double[][] rows, int truth, double[] weights) {
    int n = weights.length;
    float[] scores = new float[ensembles];
    for (int e = 0; e < ensembles; e++) {
      double score = 0;
      for (int w = 0; w < n; w++) {
        score += weights[w] * rows[e][w];
      }
      scores[e] = (float) score;
    }
    double[] p = Calibration.softmax(scores, 1);
    double[] mean = new double[n];
    for (int e = 0; e < ensembles; e++) {
      for (int w = 0; w < n; w++) {
        mean[w] += p[e] * rows[e][w];
      }
    }
    for (int w = 0; w < n; w++) {
      equations[w][n] += mean[w] - rows[truth][w];
    }
    for (int e = 0; e < ensembles; e++) {
      for (int w = 0; w < n; w++) {
        for (int v = 0; v < n; v++) {
          equations[w][v] += p[e] * (rows[e][w] - mean[w]) * (rows[e][v] - mean[v]);
        }
      }
    }
  }
}

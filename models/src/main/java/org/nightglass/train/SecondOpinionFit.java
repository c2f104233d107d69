package org.nightglass.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ClassEnsembles;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.infer.RedshiftEstimate;

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

  /** By spectrum, one row for each ensemble that was asked. */
  private final List<double[][]> features = new ArrayList<>();

  /** By spectrum, the row of the true family. */
  private final List<Integer> truths = new ArrayList<>();

  SecondOpinionFit(int ensembles) {
    this.ensembles = ensembles;
  }

  /**
   * Adds a spectrum that the classifier is in doubt about.
   *
   * @param shares the classifier's probability of each ensemble's classes
   * @param answers one an ensemble; null = it was not asked
   * @param truth the ensemble whose classes it belongs to; one that was not asked teaches nothing
   */
  void add(double[] shares, List<? extends @Nullable RedshiftEstimate> answers, int truth) {
    List<double[]> rows = new ArrayList<>();
    int right = -1;
    for (int e = 0; e < ensembles; e++) {
      RedshiftEstimate answer = answers.get(e);
      if (answer == null) {
        continue;
      }
      double[] row = new double[2 * ensembles];
      row[0] = ClassEnsembles.logarithm(shares[e]);
      row[1 + e] = ClassEnsembles.logOdds(answer);
      // The last one's offset is 0: only differences count.
      if (e < ensembles - 1) {
        row[1 + ensembles + e] = 1;
      }
      if (e == truth) {
        right = rows.size();
      }
      rows.add(row);
    }
    if (right >= 0) {
      features.add(rows.toArray(double[][]::new));
      truths.add(right);
    }
  }

  /**
   * The opinion, or null where there is too little to learn from.
   *
   * @param doubt who is asked about what; its weights do not count
   */
  @Nullable SecondOpinion fit(SecondOpinion doubt) {
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
        doubt.minProbability(),
        doubt.minPeak(),
        doubt.minShare(),
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

  private static void add(double[][] equations, double[][] rows, int truth, double[] weights) {
    int n = weights.length;
    float[] scores = new float[rows.length];
    for (int e = 0; e < rows.length; e++) {
      double score = 0;
      for (int w = 0; w < n; w++) {
        score += weights[w] * rows[e][w];
      }
      scores[e] = (float) score;
    }
    double[] p = ClassFit.softmax(scores, 1);
    double[] mean = new double[n];
    for (int e = 0; e < rows.length; e++) {
      for (int w = 0; w < n; w++) {
        mean[w] += p[e] * rows[e][w];
      }
    }
    for (int w = 0; w < n; w++) {
      equations[w][n] += mean[w] - rows[truth][w];
    }
    for (int e = 0; e < rows.length; e++) {
      for (int w = 0; w < n; w++) {
        for (int v = 0; v < n; v++) {
          equations[w][v] += p[e] * (rows[e][w] - mean[w]) * (rows[e][v] - mean[v]);
        }
      }
    }
  }
}

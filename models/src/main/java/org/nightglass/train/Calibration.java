package org.nightglass.train;

import java.util.List;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.RedshiftEstimate;

/** Fits what the networks themselves do not learn, on simulations that they have not seen. */
final class Calibration {
  /** Share of right ones that acceptance aims at, among accepted redshifts. */
  static final double PURITY = 0.995;

  /** Redshifts from spectra below this S/N are never accepted: a sky fibre has 0. */
  private static final double LEAST_SNR = 0.5;

  /** Half of the grid; training takes away no more. */
  private static final double LEAST_COVERAGE = 0.5;

  private static final double[] CLASS_LIMITS = {0.5, 0.6, 0.7, 0.8, 0.9, 0.95};
  private static final double[] PEAK_LIMITS = {
    0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95
  };
  private static final double[] SPREAD_LIMITS = {0.001, 0.002, 0.003, 0.005, 0.01};

  private Calibration() {}

  /**
   * The temperature that makes the likelihood of the true classes greatest (Guo et al. 2017).
   *
   * @param logits one row a spectrum
   * @param labels index of the true class
   */
  static double temperature(float[][] logits, int[] labels) {
    return Math.exp(
        Statistics.argmin(
            log -> negativeLogLikelihood(logits, labels, Math.exp(log)),
            Math.log(0.2),
            Math.log(10)));
  }

  private static double negativeLogLikelihood(float[][] logits, int[] labels, double temperature) {
    double sum = 0;
    for (int i = 0; i < labels.length; i++) {
      sum -= Math.log(Math.max(1e-12, softmax(logits[i], temperature)[labels[i]]));
    }
    return sum / labels.length;
  }

  /** Probabilities of logits divided by the temperature. */
  static double[] softmax(float[] logits, double temperature) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float logit : logits) {
      greatest = Math.max(greatest, logit);
    }
    double[] p = new double[logits.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp((logits[c] - greatest) / temperature);
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  /**
   * Fits ln σ = w0 + w1·ln σ_raw + w2·ln S/N so that the median of |dz|/σ is that of a Gaussian,
   * 0.6745. A regression to the median: outliers have no say.
   *
   * @param estimates without calibration, so that their errors are raw
   * @param z the true redshifts
   * @param snr signal-to-noise ratios
   */
  static ErrorCalibration errors(List<RedshiftEstimate> estimates, double[] z, double[] snr) {
    double[][] x = new double[z.length][];
    double[] y = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      RedshiftEstimate e = estimates.get(i);
      double raw = e.zErr() / (1 + e.z());
      x[i] = new double[] {1, Math.log(raw), Math.log(Math.max(snr[i], 0.1))};
      double dz = Math.abs(e.z() - z[i]) / (1 + z[i]);
      y[i] = Math.log(Math.max(dz, 1e-8) / 0.6745);
    }
    double[] w = Statistics.medianRegression(x, y);
    return new ErrorCalibration(w[0], w[1], w[2]);
  }

  /**
   * The limits that accept most while {@link #PURITY} of what they accept is right; where none
   * reach that, the purest.
   *
   * @param verdicts galaxies, quasars, stars and empty sky as a survey's fibres have them
   */
  static Acceptance acceptance(List<Verdict> verdicts) {
    Acceptance best = null;
    long most = -1;
    Acceptance purest = limits(0.95, 0.95, 0.001);
    double purestShare = -1;
    for (double probability : CLASS_LIMITS) {
      for (double peak : PEAK_LIMITS) {
        for (double spread : SPREAD_LIMITS) {
          Acceptance candidate = limits(probability, peak, spread);
          long accepted = verdicts.stream().filter(v -> accepts(candidate, v)).count();
          long right = verdicts.stream().filter(v -> accepts(candidate, v) && v.right()).count();
          double share = accepted == 0 ? 0 : right / (double) accepted;
          if (share >= PURITY && right > most) {
            best = candidate;
            most = right;
          }
          if (share > purestShare) {
            purest = candidate;
            purestShare = share;
          }
        }
      }
    }
    return best == null ? purest : best;
  }

  private static Acceptance limits(double probability, double peak, double spread) {
    return new Acceptance(probability, peak, spread, LEAST_SNR, LEAST_COVERAGE);
  }

  /** Whether a redshift passes; coverage is left to whoever knows it. */
  static boolean accepts(Acceptance limits, Verdict verdict) {
    return verdict.estimate() != null
        && verdict.probability() >= limits.minClassProbability()
        && verdict.peak() >= limits.minPeakProbability()
        && verdict.spread() <= limits.maxMemberSpread()
        && verdict.snr() >= limits.minSnr();
  }
}

package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether class probabilities mean what they say: of all that is called a class with 80 %, 80 %
 * should be it.
 *
 * @param label the class whose probability it is about, or {@link Score#ALL}: the probability of
 *     whatever class is the most probable
 * @param bins ten of equal width
 * @param expectedCalibrationError Σ n/N·|share right − mean probability| over the bins (Guo et al.
 *     2017, arXiv:1706.04599); null of nothing
 */
public record Reliability(String label, List<Bin> bins, @Nullable Double expectedCalibrationError) {

  /**
   * @param from probability, inclusive
   * @param to probability, exclusive but in the last bin
   * @param meanProbability of the spectra in it; null of none
   * @param right share that are of the class
   */
  public record Bin(double from, double to, @Nullable Double meanProbability, Ratio right) {}

  private static final int BINS = 10;

  /** Of the most probable class, whichever it is. */
  static Reliability ofBest(List<Scored> spectra, Labels labels) {
    Tally tally = new Tally();
    for (Scored scored : spectra) {
      String said = scored.said();
      Double probability = scored.probability();
      if (said != null && probability != null && !scored.label().equals(Labels.SKY)) {
        tally.add(probability, labels.right(scored.label(), said));
      }
    }
    return tally.curve(Score.ALL);
  }

  /** Of one class against all others. */
  static Reliability ofClass(String label, List<Scored> spectra, Labels labels) {
    Tally tally = new Tally();
    for (Scored scored : spectra) {
      Double probability = scored.probabilities().get(label);
      if (probability != null && !scored.label().equals(Labels.SKY)) {
        tally.add(probability, labels.right(scored.label(), label));
      }
    }
    return tally.curve(label);
  }

  private static final class Tally {
    private final int[] spectra = new int[BINS];
    private final int[] right = new int[BINS];
    private final double[] probability = new double[BINS];

    void add(double p, boolean isRight) {
      int bin = Math.max(0, Math.min(BINS - 1, (int) (p * BINS)));
      spectra[bin]++;
      right[bin] += isRight ? 1 : 0;
      probability[bin] += p;
    }

    Reliability curve(String label) {
      List<Bin> bins = new ArrayList<>();
      double error = 0;
      int all = 0;
      for (int b = 0; b < BINS; b++) {
        Double mean = spectra[b] == 0 ? null : probability[b] / spectra[b];
        bins.add(
            new Bin(
                b / (double) BINS, (b + 1) / (double) BINS, mean, Ratio.of(right[b], spectra[b])));
        error += Math.abs(right[b] - probability[b]);
        all += spectra[b];
      }
      return new Reliability(label, List.copyOf(bins), all == 0 ? null : error / all);
    }
  }
}

package org.nightglass.train;

import java.util.Arrays;
import java.util.Objects;
import org.nightglass.infer.ModelCard.Redshift;

/** How a redshift is told to a network. */
sealed interface RedshiftTarget {

  /** Numbers a spectrum. */
  int outputs();

  /** Whether the target is a distribution, which can be spread evenly. */
  boolean spreads();

  /** Writes the target of a redshift. */
  void write(double z, float[] out, int offset);

  /**
   * Probabilities over bins of log10(1+z): a Gaussian of σ = {@value #SIGMA} bins, so that a
   * redshift between two bins is told apart from one on a bin.
   *
   * @param start log10(1+z) at the centre of the first bin
   * @param step bin width
   * @param bins number of bins
   */
  record Bins(double start, double step, int bins) implements RedshiftTarget {
    private static final double SIGMA = 0.7;
    private static final int REACH = 4;

    @Override
    public int outputs() {
      return bins;
    }

    @Override
    public boolean spreads() {
      return true;
    }

    /** Those of an ensemble of distributions. */
    static Bins of(Redshift redshift) {
      return new Bins(
          Objects.requireNonNull(redshift.binStart()),
          Objects.requireNonNull(redshift.binStep()),
          Objects.requireNonNull(redshift.bins()));
    }

    /** Where a redshift falls: the index of a bin, or between two; not kept within them. */
    double bin(double z) {
      return (Math.log10(1 + z) - start) / step;
    }

    @Override
    public void write(double z, float[] out, int offset) {
      double centre = Math.max(0, Math.min(bins - 1.0, bin(z)));
      int from = (int) Math.max(0, Math.round(centre) - REACH);
      int to = (int) Math.min(bins - 1L, Math.round(centre) + REACH);
      Arrays.fill(out, offset, offset + bins, 0f);
      double sum = 0;
      for (int b = from; b <= to; b++) {
        double x = (b - centre) / SIGMA;
        sum += Math.exp(-0.5 * x * x);
      }
      for (int b = from; b <= to; b++) {
        double x = (b - centre) / SIGMA;
        out[offset + b] = (float) (Math.exp(-0.5 * x * x) / sum);
      }
    }
  }

  /**
   * The redshift itself times a factor, as GaSNet-II has it.
   *
   * @param scale 10 in the paper
   */
  record Point(double scale) implements RedshiftTarget {
    @Override
    public int outputs() {
      return 1;
    }

    @Override
    public boolean spreads() {
      return false;
    }

    @Override
    public void write(double z, float[] out, int offset) {
      out[offset] = (float) (z * scale);
    }
  }
}

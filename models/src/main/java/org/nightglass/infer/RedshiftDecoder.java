package org.nightglass.infer;

import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.ErrorCalibration;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;

/**
 * From an ensemble's output for one spectrum to a redshift with its error.
 *
 * <p><b>Distributions.</b> On bins of equal width in log10(1+z), with p the mean of the members'
 * distributions:
 *
 * <ul>
 *   <li>The peak is the bin whose five bins (±2) hold most of p; on a tie the one with the larger p
 *       of its own. z is the centroid of p within ±6 bins of it. A member's own z is found likewise
 *       on its own distribution.
 *   <li>Peak probability: each member's probability within ±6 bins of its own peak, averaged.
 *   <li>The alternative is the peak of p among bins more than 12 away from the main one; its
 *       probability is p within ±6 bins of it. There is none where that is below {@value
 *       #LEAST_ALTERNATIVE}.
 *   <li>σ_raw² in bins = variance of p within ±6 bins of the peak about z + 1/12 (a bin's own
 *       width) + mean squared distance of the members' z from z. Where members agree the first term
 *       rules, where they disagree the last.
 * </ul>
 *
 * A width of one bin is {@code binStep · ln 10} in dz/(1+z), since ln(1+z) has the derivative
 * 1/(1+z). Neither the distribution's width nor the members' spread is a right error as it is; the
 * card's {@link ErrorCalibration} makes it one, kept within 1e-6 to 10 where it is driven out of
 * its range. Without one σ = σ_raw. z_err = σ·(1+z).
 *
 * <p><b>Points</b> (GaSNet-II, arXiv:2311.04146): z is the members' mean and σ_raw·(1+z) their
 * standard deviation with ddof 0, at least 1e-6·(1+z) since an error is never 0.
 */
public final class RedshiftDecoder {
  /** Half-width of a peak in bins. */
  static final int PEAK = 6;

  private static final int SEARCH = 2;
  private static final int APART = 12;
  private static final double LEAST_ALTERNATIVE = 1e-3;
  private static final double LEAST_ERROR = 1e-6;
  private static final double GREATEST_ERROR = 10;
  private static final double LEAST_SNR = 0.1;
  private static final double BIN_VARIANCE = 1.0 / 12;
  private static final double SUM_TOLERANCE = 1e-2;

  private final Redshift redshift;

  /**
   * @param redshift what the ensemble's output means
   */
  public RedshiftDecoder(Redshift redshift) {
    this.redshift = redshift;
  }

  /** How many numbers the ensemble gives for one spectrum. */
  public int size() {
    return redshift.kind() == RedshiftKind.POINTS
        ? redshift.members()
        : redshift.members() * bins();
  }

  /**
   * @param output the network's output: {@code [members, bins]} or {@code [members]}, finite
   * @param offset index of the spectrum's first number
   * @param snr median signal-to-noise ratio of the spectrum, for the calibration
   * @throws ModelException if the numbers are no distribution
   */
  public RedshiftEstimate decode(float[] output, int offset, double snr) {
    return redshift.kind() == RedshiftKind.POINTS
        ? decodePoints(output, offset, snr)
        : decodeDistribution(output, offset, snr);
  }

  private RedshiftEstimate decodePoints(float[] output, int offset, double snr) {
    int members = redshift.members();
    Double scale = redshift.pointScale();
    double[] z = new double[members];
    double mean = 0;
    for (int m = 0; m < members; m++) {
      z[m] = output[offset + m] / (scale == null ? 1 : scale);
      mean += z[m] / members;
    }
    double variance = 0;
    for (double value : z) {
      variance += (value - mean) * (value - mean) / members;
    }
    // A network of points may say anything; the error stays positive even below z = -1.
    double stretch = Math.max(1 + mean, LEAST_ERROR);
    double raw = Math.max(Math.sqrt(variance) / stretch, LEAST_ERROR);
    return new RedshiftEstimate(mean, calibrated(raw, snr) * stretch, z, null, null, null);
  }

  private RedshiftEstimate decodeDistribution(float[] output, int offset, double snr) {
    int members = redshift.members();
    int bins = bins();
    double[] mean = new double[bins];
    double[] memberBin = new double[members];
    double[] member = new double[bins];
    double peakProbability = 0;
    for (int m = 0; m < members; m++) {
      double sum = 0;
      for (int b = 0; b < bins; b++) {
        member[b] = output[offset + m * bins + b];
        sum += member[b];
      }
      if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
        throw new ModelException(
            "member %d of the redshift ensemble for %s gives probabilities that add up to %s, not 1"
                .formatted(m, redshift.classes(), sum));
      }
      double toOne = 1 / sum;
      for (int b = 0; b < bins; b++) {
        member[b] *= toOne;
        mean[b] += member[b];
      }
      int peak = peak(member, -1);
      memberBin[m] = centroid(member, peak);
      peakProbability += mass(member, peak, PEAK) / members;
    }
    for (int b = 0; b < bins; b++) {
      mean[b] /= members;
    }
    int peak = peak(mean, -1);
    double bin = centroid(mean, peak);
    double variance = variance(mean, peak, bin) + BIN_VARIANCE;
    for (double other : memberBin) {
      variance += (other - bin) * (other - bin) / members;
    }
    double z = z(bin);
    double sigma = calibrated(Math.sqrt(variance) * step() * Math.log(10), snr);
    int second = peak(mean, peak);
    double secondProbability = second < 0 ? 0 : Math.min(1, mass(mean, second, PEAK));
    boolean alternative = secondProbability >= LEAST_ALTERNATIVE;
    double[] memberZ = new double[members];
    for (int m = 0; m < members; m++) {
      memberZ[m] = z(memberBin[m]);
    }
    return new RedshiftEstimate(
        z,
        sigma * (1 + z),
        memberZ,
        Math.min(1, peakProbability),
        alternative ? (Double) z(centroid(mean, second)) : null,
        alternative ? (Double) secondProbability : null);
  }

  private double calibrated(double raw, double snr) {
    ErrorCalibration c = redshift.calibration();
    if (c == null) {
      return raw;
    }
    double ln = c.w0() + c.w1() * Math.log(raw) + c.w2() * Math.log(Math.max(snr, LEAST_SNR));
    Double floor = c.floor();
    double sigma = Math.hypot(Math.exp(ln), floor == null ? 0 : floor);
    return Math.max(LEAST_ERROR, Math.min(GREATEST_ERROR, sigma));
  }

  /** The bin with most probability within ±2, not within ±12 of a bin; -1 if none is left. */
  private static int peak(double[] p, int not) {
    int best = -1;
    double bestMass = -1;
    for (int b = 0; b < p.length; b++) {
      if (not >= 0 && Math.abs(b - not) <= APART) {
        continue;
      }
      // The five bins written out: the search over all bins is most of the decoder's time.
      double mass =
          b >= SEARCH && b + SEARCH < p.length
              ? p[b - 2] + p[b - 1] + p[b] + p[b + 1] + p[b + 2]
              : mass(p, b, SEARCH);
      if (mass > bestMass || (mass == bestMass && p[b] > p[best])) {
        best = b;
        bestMass = mass;
      }
    }
    return best;
  }

  private static double mass(double[] p, int centre, int half) {
    double mass = 0;
    for (int b = from(centre, half); b <= to(p, centre, half); b++) {
      mass += p[b];
    }
    return mass;
  }

  private static double centroid(double[] p, int centre) {
    double sum = 0;
    double mass = 0;
    for (int b = from(centre, PEAK); b <= to(p, centre, PEAK); b++) {
      sum += p[b] * b;
      mass += p[b];
    }
    return sum / mass;
  }

  private static double variance(double[] p, int centre, double about) {
    double sum = 0;
    double mass = 0;
    for (int b = from(centre, PEAK); b <= to(p, centre, PEAK); b++) {
      sum += p[b] * (b - about) * (b - about);
      mass += p[b];
    }
    return sum / mass;
  }

  private static int from(int centre, int half) {
    return Math.max(0, centre - half);
  }

  private static int to(double[] p, int centre, int half) {
    return Math.min(p.length - 1, centre + half);
  }

  private double z(double bin) {
    return Math.pow(10, required(redshift.binStart(), "binStart") + bin * step()) - 1;
  }

  private double step() {
    return required(redshift.binStep(), "binStep");
  }

  private int bins() {
    return required(redshift.bins(), "bins");
  }

  private static <T> T required(@Nullable T value, String field) {
    if (value == null) {
      throw new ModelException("a redshift ensemble of distributions states no " + field);
    }
    return value;
  }
}

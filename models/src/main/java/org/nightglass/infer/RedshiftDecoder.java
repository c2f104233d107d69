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
 * its range. Without one σ = σ_raw. Where the card states a sharpness and the peak may well be the
 * wrong one, σ is at least what {@link SharpenedDistribution#doubt} says. z_err = σ·(1+z).
 *
 * <p><b>Points</b> (GaSNet-II, arXiv:2311.04146): z is the members' mean and σ_raw·(1+z) their
 * standard deviation with ddof 0, at least 1e-6·(1+z) since an error is never 0.
 */
public final class RedshiftDecoder {
  private static final double LEAST_ALTERNATIVE = 1e-3;
  private static final double LEAST_ERROR = 1e-6;
  private static final double GREATEST_ERROR = 10;
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

  /**
   * The mean of the members' distributions, {@code [bins]}, which adds up to 1.
   *
   * @param output the network's output: {@code [members, bins]}, each member's adding up to 1
   * @param offset index of the spectrum's first number
   */
  public double[] distribution(float[] output, int offset) {
    int bins = bins();
    double[] mean = new double[bins];
    for (int m = 0; m < redshift.members(); m++) {
      for (int b = 0; b < bins; b++) {
        mean[b] += output[offset + m * bins + b] / (double) redshift.members();
      }
    }
    return mean;
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
      int peak = Peaks.find(member, -1);
      memberBin[m] = Peaks.centroid(member, peak);
      peakProbability += Peaks.mass(member, peak, Peaks.HALF_WIDTH) / members;
    }
    for (int b = 0; b < bins; b++) {
      mean[b] /= members;
    }
    int peak = Peaks.find(mean, -1);
    double bin = Peaks.centroid(mean, peak);
    double variance = Peaks.variance(mean, peak, bin) + BIN_VARIANCE;
    for (double other : memberBin) {
      variance += (other - bin) * (other - bin) / members;
    }
    double z = z(bin);
    double perBin = step() * Math.log(10);
    double sigma =
        Math.max(calibrated(Math.sqrt(variance) * perBin, snr), doubt(mean, peak) * perBin);
    int second = Peaks.find(mean, peak);
    double secondProbability =
        second < 0 ? 0 : Math.min(1, Peaks.mass(mean, second, Peaks.HALF_WIDTH));
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
        alternative ? (Double) z(Peaks.centroid(mean, second)) : null,
        alternative ? (Double) secondProbability : null);
  }

  /** In bins; 0 where only the peak counts. */
  private double doubt(double[] mean, int peak) {
    ErrorCalibration c = redshift.calibration();
    Double sharpness = c == null ? null : c.sharpness();
    return sharpness == null ? 0 : SharpenedDistribution.doubt(mean, peak, sharpness);
  }

  private double calibrated(double raw, double snr) {
    ErrorCalibration c = redshift.calibration();
    if (c == null) {
      return raw;
    }
    return Math.max(LEAST_ERROR, Math.min(GREATEST_ERROR, c.sigma(raw, snr)));
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

package org.nightglass.infer;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.ModelGrid;

/**
 * What a model bundle says of itself: the file {@code card.json} at its root.
 *
 * @param name the bundle's name
 * @param version the bundle's version; a bundle lies at {@code bundles/<name>/<version>/}
 * @param description one paragraph for people
 * @param grid the wavelength grid of every network of the bundle
 * @param batchSizes the allowed batch sizes, rising; batches are padded up to the next
 * @param classifier the network that gives class probabilities
 * @param redshifts the redshift ensembles; a class that none names has no redshift
 * @param acceptance when a redshift counts as good
 * @param provenance how the bundle was made: command, seed, templates, time, commit
 * @param metrics how good it was found to be, by name, for instance {@code simulated.GALAXY.nmad}
 * @param sha256 SHA-256 of every other file of the bundle, by path relative to the card, lower-case
 *     hexadecimal
 */
public record ModelCard(
    String name,
    String version,
    String description,
    ModelGrid grid,
    List<Integer> batchSizes,
    Classifier classifier,
    List<Redshift> redshifts,
    Acceptance acceptance,
    Map<String, String> provenance,
    Map<String, Double> metrics,
    Map<String, String> sha256) {

  /** The same with other batch sizes. */
  ModelCard withBatchSizes(List<Integer> sizes) {
    return new ModelCard(
        name,
        version,
        description,
        grid,
        List.copyOf(sizes),
        classifier,
        redshifts,
        acceptance,
        provenance,
        metrics,
        sha256);
  }

  /**
   * One SavedModel.
   *
   * @param path folder of the SavedModel, relative to the card
   * @param tag its tag, {@code serve} by default
   * @param signature its signature, {@code serving_default} by default
   * @param input the signature's input; float32 {@code [N, pixels, channels]}
   * @param output the signature's output
   * @param normalisation the name of the {@link org.nightglass.prepare.Normalisation} it was
   *     trained on
   */
  public record Network(
      String path,
      String tag,
      String signature,
      String input,
      String output,
      String normalisation) {}

  /** What a classifier's output means. */
  public enum ClassifierKind {
    /** Logits: their softmax is the probabilities. */
    LOGITS,
    /** Probabilities, as networks give that end in a softmax of their own. */
    PROBABILITIES
  }

  /**
   * The classifier.
   *
   * @param network output: float32 {@code [N, classes]}; with an {@code outlierLimit} {@code [N,
   *     classes + 1]}, of which the last says "no source that I know"
   * @param classes labels in the order of the output, as spelled in every result
   * @param temperature the classes' logits are divided by it before the softmax; 1 = as they come
   * @param outlierLimit a spectrum whose {@linkplain Inference#outlier() probability of being none
   *     of the classes} is above it is out of distribution; null = the network has no such output
   * @param kind what the output means; null = logits
   * @param secondOpinion what the redshift ensembles are asked where the classifier is in doubt;
   *     null = nothing
   */
  public record Classifier(
      Network network,
      List<String> classes,
      double temperature,
      @Nullable Double outlierLimit,
      @Nullable ClassifierKind kind,
      @Nullable SecondOpinion secondOpinion) {
    /** A classifier that asks nobody else. */
    public Classifier(
        Network network,
        List<String> classes,
        double temperature,
        @Nullable Double outlierLimit,
        @Nullable ClassifierKind kind) {
      this(network, classes, temperature, outlierLimit, kind, null);
    }

    /** A classifier that gives logits of its classes and nothing else. */
    public Classifier(Network network, List<String> classes, double temperature) {
      this(network, classes, temperature, null, null);
    }

    /** Numbers that the network gives for one spectrum. */
    public int outputs() {
      return classes.size() + (outlierLimit == null ? 0 : 1);
    }
  }

  /**
   * How well each redshift ensemble can place a spectrum tells what it is: a galaxy's features fit
   * together at one redshift among galaxies' and at none among quasars'. Needs ensembles of
   * distributions, and one for every class.
   *
   * <p>In doubt is a spectrum whose family has less than {@code minProbability}, or whose own
   * ensemble's main peak holds less than {@code minPeak}. Its own ensemble and those of {@code
   * minShare} run on it; with P the classifier's probability of an ensemble's classes together and
   * q the ensemble's {@linkplain RedshiftEstimate#peakProbability() peak probability}, both kept
   * within 1e-6 of 0 and 1,
   *
   * <pre>
   *  score = classWeight · ln P + peakWeight · ln(q / (1 − q)) + offset
   * </pre>
   *
   * and the softmax of their scores takes the place of P, as a share of what the others leave;
   * those that were not asked keep their P, and what is shared within P stays.
   *
   * @param minProbability of the family, below which a spectrum is in doubt
   * @param minPeak probability within the main peak, below which it is too
   * @param minShare P below which an ensemble is not asked; null = all are
   * @param classWeight for all ensembles alike
   * @param peakWeights one an ensemble, in the card's order
   * @param offsets one an ensemble
   */
  public record SecondOpinion(
      double minProbability,
      double minPeak,
      @Nullable Double minShare,
      double classWeight,
      List<Double> peakWeights,
      List<Double> offsets) {}

  /** What a redshift network's output means. */
  public enum RedshiftKind {
    /**
     * Float32 {@code [N, members, bins]}: each member's probabilities over bins of equal width in
     * log10(1+z).
     */
    DISTRIBUTION,
    /** Float32 {@code [N, members]}: each member's redshift, times {@code pointScale}. */
    POINTS
  }

  /**
   * A redshift ensemble.
   *
   * @param classes the classes whose spectra it runs on
   * @param network the SavedModel of all members
   * @param kind what the output means
   * @param members number of members
   * @param binStart log10(1+z) at the centre of the first bin; null for points
   * @param binStep bin width in log10(1+z); null for points
   * @param bins number of bins; null for points
   * @param pointScale what the output of points is divided by to give z (GaSNet-II: 10); null for
   *     distributions
   * @param calibration of the error; null = as the ensemble gives it
   * @param acceptance of its redshifts; null = as the card says for all
   */
  public record Redshift(
      List<String> classes,
      Network network,
      RedshiftKind kind,
      int members,
      @Nullable Double binStart,
      @Nullable Double binStep,
      @Nullable Integer bins,
      @Nullable Double pointScale,
      @Nullable ErrorCalibration calibration,
      @Nullable Acceptance acceptance) {
    /** An ensemble whose redshifts are accepted as the card says for all. */
    public Redshift(
        List<String> classes,
        Network network,
        RedshiftKind kind,
        int members,
        @Nullable Double binStart,
        @Nullable Double binStep,
        @Nullable Integer bins,
        @Nullable Double pointScale,
        @Nullable ErrorCalibration calibration) {
      this(classes, network, kind, members, binStart, binStep, bins, pointScale, calibration, null);
    }

    /** The network's output for one spectrum: {@code [members, bins]} or {@code [members]}. */
    public int[] shape() {
      return kind == RedshiftKind.POINTS || bins == null
          ? new int[] {members}
          : new int[] {members, bins};
    }
  }

  /**
   * σ² = exp(2·(w0 + w1·ln σ_raw + w2·ln max(S/N, 0.1))) + floor², σ in units of dz/(1+z), fitted
   * robustly on held-back simulations.
   *
   * @param w0 constant
   * @param w1 slope on the raw error
   * @param w2 slope on the signal-to-noise ratio
   * @param floor what no signal-to-noise ratio goes below: sources' own scatter about their
   *     redshift, wavelength solutions; null = 0
   * @param sharpness γ of {@link SharpenedDistribution}: where the peak may well be the wrong one,
   *     σ reaches for the others; null = σ is always the peak's own
   */
  public record ErrorCalibration(
      double w0, double w1, double w2, @Nullable Double floor, @Nullable Double sharpness) {
    private static final double LEAST_SNR = 0.1;

    /** A calibration of the peak's own error, without a floor. */
    public ErrorCalibration(double w0, double w1, double w2) {
      this(w0, w1, w2, null, null);
    }

    /** The same with a sharpness, and another constant. */
    public ErrorCalibration with(double w0, @Nullable Double sharpness) {
      return new ErrorCalibration(w0, w1, w2, floor, sharpness);
    }

    /**
     * The calibrated error of a peak, in units of dz/(1+z).
     *
     * @param raw σ_raw, positive
     * @param snr median signal-to-noise ratio
     */
    public double sigma(double raw, double snr) {
      double ln = w0 + w1 * Math.log(raw) + w2 * Math.log(Math.max(snr, LEAST_SNR));
      return Math.hypot(Math.exp(ln), floor == null ? 0 : floor);
    }
  }

  /**
   * When a redshift counts as good; every limit inclusive on the good side.
   *
   * @param minClassProbability least probability of the class
   * @param minPeakProbability least {@link RedshiftEstimate#peakProbability()}, where there is one
   * @param maxMemberSpread greatest difference between members' z, divided by 1+z
   * @param minSnr least median signal-to-noise ratio
   * @param minCoverage least share of the model's grid with information
   */
  public record Acceptance(
      double minClassProbability,
      double minPeakProbability,
      double maxMemberSpread,
      double minSnr,
      double minCoverage) {}
}

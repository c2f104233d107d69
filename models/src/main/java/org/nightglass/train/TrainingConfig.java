package org.nightglass.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to make a bundle.
 *
 * @param name the bundle's name, usually the survey's; lower-case letters, digits and dashes
 * @param version the bundle's version; the same characters and dots
 * @param survey classes, wavelengths, spectrographs
 * @param normalisation of every network's input, by the name that stands in cards
 * @param templates directory of template files to simulate from; null = from formulas alone
 * @param seed of simulations, weights, batches: the same seed and machine give the same bundle
 * @param poolSize simulated spectra a family to train on, 100 to 500,000; 17 kB of memory each
 * @param heldBack simulated spectra a family to calibrate on and to state metrics from, at least
 *     100
 * @param classifierSteps training steps of the classifier
 * @param redshiftSteps training steps of a redshift network of galaxies
 * @param quasarSteps training steps of a redshift network of quasars
 * @param starSteps training steps of a redshift network of stars
 * @param patience evaluations on spectra apart, one every {@value BundleTrainer#VALIDATE_EVERY}
 *     steps, that may pass without the least loss falling before a training ends; 0 = it never ends
 *     early
 * @param batch spectra a step, 2 to 4096
 * @param members redshift networks a family, 1 to 50
 * @param classifier what the classifier is
 * @param classifierWidth times GaSNet-II's numbers of channels; 0.25 suits CPUs
 * @param redshiftNetwork what the redshift networks are
 * @param bundles the bundle is written to {@code bundles/<name>/<version>/}, which must not exist
 * @param work checkpoints and logs; a training that was stopped goes on from here
 * @param redshifts folder {@code redshifts} of another training's work directory, whose networks
 *     are taken as they are; null = this training makes its own
 */
public record TrainingConfig(
    String name,
    String version,
    SurveyPreset survey,
    String normalisation,
    @Nullable Path templates,
    long seed,
    int poolSize,
    int heldBack,
    long classifierSteps,
    long redshiftSteps,
    long quasarSteps,
    long starSteps,
    int patience,
    int batch,
    int members,
    ClassifierNetwork classifier,
    double classifierWidth,
    RedshiftNetwork redshiftNetwork,
    Path bundles,
    Path work,
    @Nullable Path redshifts) {

  /** The kinds of classifier. */
  public enum ClassifierNetwork {
    /** A small one, for short trainings. */
    COMPACT,
    /** GaSNet-II's residual network. */
    GASNET2
  }

  /** The kinds of redshift network. */
  public enum RedshiftNetwork {
    /** Learned cross-correlation: a distribution over redshifts. Best by far in short trainings. */
    CROSS_CORRELATION,
    /** GaSNet-II's regression at the classifier's width: one number, errors from the spread. */
    GASNET2_REGRESSION,
    /**
     * GaSNet-II as published, classifier and redshifts: initial weights N(0, 1e-3), Adam at 1e-3
     * that halves ten times over the training. With width 1, ten members, grid {@code sdss3600} and
     * normalisation {@code unit-norm} it is the paper's, but for the output of the classifier that
     * stands for no class.
     */
    GASNET2_AS_PUBLISHED;

    /** Whether its networks give one number instead of a distribution. */
    boolean points() {
      return this != CROSS_CORRELATION;
    }
  }

  public TrainingConfig {
    List<String> faults = new ArrayList<>();
    check(faults, name.matches("[a-z0-9-]+"), "name must match [a-z0-9-]+, got '" + name + "'");
    check(
        faults,
        version.matches("[a-z0-9.-]+") && !version.startsWith("."),
        "version must match [a-z0-9.-]+, got '" + version + "'");
    check(faults, poolSize >= 100 && poolSize <= 500_000, "poolSize 100..500000: " + poolSize);
    check(faults, heldBack >= 100 && heldBack <= 100_000, "heldBack 100..100000: " + heldBack);
    check(faults, classifierSteps >= 1, "classifierSteps at least 1: " + classifierSteps);
    check(faults, redshiftSteps >= 1, "redshiftSteps at least 1: " + redshiftSteps);
    check(faults, quasarSteps >= 1, "quasarSteps at least 1: " + quasarSteps);
    check(faults, starSteps >= 1, "starSteps at least 1: " + starSteps);
    check(faults, patience >= 0 && patience <= 10_000, "patience 0..10000: " + patience);
    check(faults, batch >= 2 && batch <= 4096, "batch 2..4096: " + batch);
    check(faults, members >= 1 && members <= 50, "members 1..50: " + members);
    check(
        faults,
        classifierWidth >= 1.0 / 16 && classifierWidth <= 4,
        "classifierWidth 0.0625..4: " + classifierWidth);
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("the training cannot start: " + String.join("; ", faults));
    }
  }

  private static void check(List<String> faults, boolean right, String fault) {
    if (!right) {
      faults.add(fault);
    }
  }

  /** Whether a classifier's checkpoints made under another configuration can be gone on with. */
  String fingerprint() {
    return String.join(
        " ",
        shared(),
        "classes=" + String.join(",", survey.classes()),
        "classifierSteps=" + classifierSteps,
        "classifier="
            + classifier
            + " classifierWidth="
            + classifierWidth
            + (redshiftNetwork == RedshiftNetwork.GASNET2_AS_PUBLISHED ? " asPublished" : ""));
  }

  /** The same of redshift networks'. */
  String redshiftFingerprint() {
    return String.join(
        " ",
        shared(),
        "redshiftSteps=" + redshiftSteps + "," + quasarSteps + "," + starSteps,
        "redshiftNetwork="
            + redshiftNetwork
            + (redshiftNetwork == RedshiftNetwork.CROSS_CORRELATION
                ? ""
                : " width=" + classifierWidth));
  }

  private String shared() {
    return String.join(
        " ",
        "templates=" + (templates == null ? "none" : templates.getFileName()),
        "seed=" + seed,
        "poolSize=" + poolSize,
        "batch=" + batch + (patience == 0 ? "" : " patience=" + patience),
        "grid=" + survey.grid().log10Start() + "+" + survey.grid().pixels(),
        "normalisation=" + normalisation,
        "spectrographs=" + survey.spectrographLabels());
  }
}

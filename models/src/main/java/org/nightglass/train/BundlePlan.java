package org.nightglass.train;

import java.util.List;
import java.util.Locale;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.ContrastNormalisation;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisation;
import org.nightglass.simulate.SourceClass;

/** Which networks a bundle is made of, and what they see and say. */
final class BundlePlan {
  static final ModelGrid GRID = ModelGrid.SDSS_3600;

  /** Classes that have redshift networks: stars have none, as in GaSNet-II. */
  static final List<SourceClass> REDSHIFT_CLASSES = List.of(SourceClass.GALAXY, SourceClass.QSO);

  /** GaSNet-II's networks of points learn z·10. */
  static final double POINT_SCALE = 10;

  static final String CLASSIFIER_FOLDER = "classifier";

  private final TrainingConfig config;
  private final Normalisation normalisation = new ContrastNormalisation();

  BundlePlan(TrainingConfig config) {
    this.config = config;
  }

  Normalisation normalisation() {
    return normalisation;
  }

  /** Numbers that a spectrum's input has. */
  int inputSize() {
    return GRID.pixels() * normalisation.channels();
  }

  Network classifier() {
    return new GasNet2(
        GRID.pixels(),
        normalisation.channels(),
        config.classifierWidth(),
        ClassifierBatches.CLASSES.size());
  }

  /** Whether redshift networks give one number instead of a distribution. */
  boolean points() {
    return config.redshiftNetwork() == TrainingConfig.RedshiftNetwork.GASNET2_REGRESSION;
  }

  Network redshift(SourceClass sourceClass) {
    int channels = normalisation.channels();
    if (points()) {
      return new GasNet2(GRID.pixels(), channels, config.classifierWidth(), 1);
    }
    boolean wide = sourceClass == SourceClass.QSO;
    return new CrossCorrelation(
        GRID.pixels(), channels, wide ? 16 : 12, bins(sourceClass).bins(), wide);
  }

  RedshiftTarget target(SourceClass sourceClass) {
    return points() ? new RedshiftTarget.Point(POINT_SCALE) : bins(sourceClass);
  }

  /**
   * Bins of log10(1+z): galaxies from a little below 0, since the nearest move towards us, to 1.27;
   * quasars from 0 to 6.4, where Lyman α leaves the grid.
   */
  private static RedshiftTarget.Bins bins(SourceClass sourceClass) {
    return sourceClass == SourceClass.QSO
        ? new RedshiftTarget.Bins(0, 8e-4, 1088)
        : new RedshiftTarget.Bins(-16e-4, 4e-4, 896);
  }

  FrozenNetwork.Form form() {
    return points() ? FrozenNetwork.Form.POINTS : FrozenNetwork.Form.DISTRIBUTION;
  }

  static String folder(SourceClass sourceClass) {
    return "redshift-" + sourceClass.name().toLowerCase(Locale.ROOT);
  }

  /** How the card names a SavedModel. */
  ModelCard.Network describe(String folder, FrozenNetwork.Form form) {
    return new ModelCard.Network(
        folder,
        FrozenNetwork.TAG,
        FrozenNetwork.SIGNATURE,
        FrozenNetwork.INPUT,
        form.output(),
        normalisation.name());
  }

  /** How the card describes an ensemble, errors not yet calibrated. */
  ModelCard.Redshift describe(SourceClass sourceClass, int members) {
    RedshiftTarget.Bins bins = bins(sourceClass);
    return new ModelCard.Redshift(
        List.of(sourceClass.name()),
        describe(folder(sourceClass), form()),
        points() ? ModelCard.RedshiftKind.POINTS : ModelCard.RedshiftKind.DISTRIBUTION,
        members,
        points() ? null : (Double) bins.start(),
        points() ? null : (Double) bins.step(),
        points() ? null : (Integer) bins.bins(),
        points() ? (Double) POINT_SCALE : null,
        null);
  }
}

package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.simulate.SourceClass;

/** Which networks a bundle is made of, and what they see and say. */
final class BundlePlan {
  /** GaSNet-II's networks of points learn z·10. */
  static final double POINT_SCALE = 10;

  static final String CLASSIFIER_FOLDER = "classifier";

  private final TrainingConfig config;
  private final ClassScheme scheme;
  private final Normalisation normalisation;

  BundlePlan(TrainingConfig config) {
    this.config = config;
    this.scheme = new ClassScheme(config.survey().classes());
    this.normalisation = Normalisations.byName(config.normalisation());
  }

  ModelGrid grid() {
    return config.survey().grid();
  }

  ClassScheme scheme() {
    return scheme;
  }

  Normalisation normalisation() {
    return normalisation;
  }

  /** Numbers that a spectrum's input has. */
  int inputSize() {
    return grid().pixels() * normalisation.channels();
  }

  /** The classifier: an output a class, and one for what is no source. */
  Network classifier() {
    int outputs = scheme.size() + 1;
    return switch (config.classifier()) {
      case COMPACT -> new CompactClassifier(grid().pixels(), normalisation.channels(), outputs);
      case GASNET2 ->
          new GasNet2(
              grid().pixels(),
              normalisation.channels(),
              config.classifierWidth(),
              outputs,
              asPublished());
    };
  }

  /** Whether redshift networks give one number instead of a distribution. */
  boolean points() {
    return config.redshiftNetwork().points();
  }

  /** Whether everything is as the paper has it. */
  boolean asPublished() {
    return config.redshiftNetwork() == TrainingConfig.RedshiftNetwork.GASNET2_AS_PUBLISHED;
  }

  /**
   * Families that have redshift networks: all that there are classes of, but stars not where
   * networks give points, as in GaSNet-II.
   */
  List<SourceClass> redshiftFamilies() {
    List<SourceClass> families = new ArrayList<>();
    for (SourceClass family : SourceClass.values()) {
      if (!classes(family).isEmpty() && !(points() && family == SourceClass.STAR)) {
        families.add(family);
      }
    }
    return families;
  }

  private List<String> classes(SourceClass family) {
    List<String> own = new ArrayList<>();
    for (int c = 0; c < scheme.size(); c++) {
      if (scheme.family(c) == family) {
        own.add(scheme.classes().get(c));
      }
    }
    return own;
  }

  Network redshift(SourceClass family) {
    int channels = normalisation.channels();
    if (points()) {
      return new GasNet2(grid().pixels(), channels, config.classifierWidth(), 1, asPublished());
    }
    int bins = bins(family).bins();
    return switch (family) {
      case GALAXY -> new CrossCorrelation(grid().pixels(), channels, 5, bins, 2, 16);
      case QSO -> new CrossCorrelation(grid().pixels(), channels, 6, bins, 3, 16);
      case STAR -> new CrossCorrelation(grid().pixels(), channels, 8, bins, 1, 8);
    };
  }

  /** Training steps of a family's networks. */
  long redshiftSteps(SourceClass family) {
    return switch (family) {
      case GALAXY -> config.redshiftSteps();
      case QSO -> config.quasarSteps();
      case STAR -> config.starSteps();
    };
  }

  RedshiftTarget target(SourceClass family) {
    return points() ? new RedshiftTarget.Point(POINT_SCALE) : bins(family);
  }

  /**
   * Bins of log10(1+z): galaxies from a little below 0, since the nearest move towards us, to 1.71,
   * where [O II] leaves the widest grid; quasars from 0 to 6.4, where Lyman α leaves the narrowest;
   * stars ±4,300 km/s in steps of 138, of which they use the middle.
   */
  private static RedshiftTarget.Bins bins(SourceClass family) {
    return switch (family) {
      case GALAXY -> new RedshiftTarget.Bins(-16e-4, 4e-4, 1088);
      case QSO -> new RedshiftTarget.Bins(0, 8e-4, 1088);
      case STAR -> new RedshiftTarget.Bins(-63e-4, 2e-4, 64);
    };
  }

  FrozenNetwork.Form form() {
    return points() ? FrozenNetwork.Form.POINTS : FrozenNetwork.Form.DISTRIBUTION;
  }

  static String folder(SourceClass family) {
    return "redshift-" + family.name().toLowerCase(Locale.ROOT);
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
  ModelCard.Redshift describe(SourceClass family, int members) {
    RedshiftTarget.Bins bins = bins(family);
    return new ModelCard.Redshift(
        classes(family),
        describe(folder(family), form()),
        points() ? ModelCard.RedshiftKind.POINTS : ModelCard.RedshiftKind.DISTRIBUTION,
        members,
        points() ? null : (Double) bins.start(),
        points() ? null : (Double) bins.step(),
        points() ? null : (Integer) bins.bins(),
        points() ? (Double) POINT_SCALE : null,
        null);
  }
}

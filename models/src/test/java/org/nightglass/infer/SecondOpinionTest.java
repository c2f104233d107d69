package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.nightglass.infer.TinyBundle.BINS;
import static org.nightglass.infer.TinyBundle.network;
import static org.nightglass.infer.TinyBundle.slice;
import static org.nightglass.infer.TinyBundle.spectrum;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.prepare.PreparedSpectrum;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Galaxies' logit is the first pixel, an AGN's the second, quasars' the third. Galaxies' ensemble
 * has its peak where pixels 4 to 19 are brightest, quasars' where pixels 20 to 35 are; of even
 * pixels it has none.
 */
class SecondOpinionTest {
  private static final List<String> CLASSES = List.of("GALAXY", "GALAXY_AGN", "QSO");
  private static final int GALAXY = 0;
  private static final int QSO = 2;
  private static final int OF_GALAXIES = 4;
  private static final int OF_QUASARS = 20;
  private static final int WIDTH = 16;
  private static final SecondOpinion OPINION =
      new SecondOpinion(0.9, 0, null, 0.5, List.of(1.0, 1.0), List.of(0.1, 0.0));

  @TempDir Path folder;

  @Test
  void shouldTakeTheFamilyWhoseEnsembleKnowsTheRedshift() throws IOException {
    // The classifier leans to galaxies; only quasars' ensemble has a peak.
    PreparedSpectrum doubtful = spectrum("a", Map.of(GALAXY, 0.4f, OF_QUASARS + 5, 3f));
    assertThat(infer(doubtful, null).classes().get(infer(doubtful, null).best()))
        .isEqualTo("GALAXY");
    Inference revised = infer(doubtful, OPINION);
    assertThat(revised.classes().get(revised.best())).isEqualTo("QSO");
    assertThat(revised.familyProbability()).isGreaterThan(0.9);
    assertThat(Math.log10(1 + revised.redshift().z()))
        .as("by quasars' ensemble, whose bins begin at 1")
        .isCloseTo(1 + 5 * TinyBundle.BIN_STEP, within(1e-3));
  }

  @Test
  void shouldNotAskWhereTheClassifierIsSure() throws IOException {
    SecondOpinion sureOfAll =
        new SecondOpinion(0.1, 0, null, 0.5, List.of(1.0, 1.0), List.of(0.0, 0.0));
    PreparedSpectrum spectrum = spectrum("a", Map.of(GALAXY, 0.4f, OF_QUASARS + 5, 3f));
    Inference plain = infer(spectrum, null);
    Inference inference = infer(spectrum, sureOfAll);
    assertThat(inference.probabilities()).containsExactly(plain.probabilities());
    assertThat(inference.redshift().z()).isEqualTo(plain.redshift().z());
  }

  @Test
  void shouldAskWhereTheOwnEnsembleFindsNoRedshift() throws IOException {
    SecondOpinion ofPeaks =
        new SecondOpinion(0, 0.95, null, 0.5, List.of(1.0, 1.0), List.of(0.0, 0.0));
    PreparedSpectrum spectrum = spectrum("a", Map.of(GALAXY, 0.4f, OF_QUASARS + 5, 3f));
    assertThat(infer(spectrum, ofPeaks).best()).isEqualTo(QSO);
  }

  @Test
  void shouldNotAskAFamilyThatTheClassifierRulesOut() throws IOException {
    // Quasars have 0.29 of it: above the first limit, below the second.
    PreparedSpectrum doubtful = spectrum("a", Map.of(GALAXY, 0.4f, OF_QUASARS + 5, 3f));
    for (double least : new double[] {0.1, 0.4}) {
      SecondOpinion opinion =
          new SecondOpinion(0.9, 0, least, 0.5, List.of(1.0, 1.0), List.of(0.1, 0.0));
      Inference inference = infer(doubtful, opinion);
      assertThat(inference.best())
          .as("asked from %s", least)
          .isEqualTo(least < 0.29 ? QSO : GALAXY);
    }
  }

  @Test
  void shouldAskNoSecondOpinionOfWhatIsNoSource() throws IOException {
    Classifier plain = card(OPINION).classifier();
    Classifier telling =
        new Classifier(plain.network(), CLASSES, 1, /* outlierLimit= */ 0.8, null, OPINION);
    ClassEnsembles ensembles =
        new ClassEnsembles(CLASSES, List.of(List.of("GALAXY", "GALAXY_AGN"), List.of("QSO")));
    double[] doubtful = {0.4, 0.2, 0.4};
    for (double outlier : new double[] {0.79, 0.81}) {
      Consultation consultation =
          new Consultation(
              telling,
              ensembles,
              2,
              new ClassProbabilities[] {new ClassProbabilities(doubtful, outlier)});
      assertThat(consultation.atFirst(0, 0)).as("its own").isTrue();
      assertThat(consultation.atFirst(0, 1)).as("at %s", outlier).isEqualTo(outlier < 0.8);
      assertThat(consultation.then(0, 1)).as("at %s", outlier).isEqualTo(outlier < 0.8);
    }
  }

  @Test
  void shouldLeaveTheirSharesToThoseThatAreNotAsked() {
    ClassEnsembles ensembles =
        new ClassEnsembles(
            CLASSES, List.of(List.of("GALAXY"), List.of("GALAXY_AGN"), List.of("QSO")));
    SecondOpinion opinion =
        new SecondOpinion(1, 1, 0.1, 0, List.of(1.0, 1.0, 1.0), List.of(0.0, 0.0, 0.0));
    double[] probabilities = {0.6, 0.35, 0.05};
    assertThat(ClassEnsembles.asked(opinion, probabilities, 0, 2)).isFalse();
    List<@Nullable RedshiftEstimate> answers = new ArrayList<>();
    answers.add(estimate(0.5));
    answers.add(estimate(0.5));
    answers.add(null);
    assertThat(ensembles.revise(opinion, probabilities, answers))
        .containsExactly(new double[] {0.475, 0.475, 0.05}, within(1e-9));
  }

  @Test
  void shouldWeighTheEnsemblesByTheCardsFormula() {
    ClassEnsembles ensembles =
        new ClassEnsembles(CLASSES, List.of(List.of("GALAXY", "GALAXY_AGN"), List.of("QSO")));
    double[] revised =
        ensembles.revise(
            OPINION, new double[] {0.45, 0.15, 0.4}, List.of(estimate(0.2), estimate(0.8)));
    double galaxy = 0.5 * Math.log(0.6) + Math.log(0.25) + 0.1;
    double quasar = 0.5 * Math.log(0.4) + Math.log(4);
    double expected = Math.exp(galaxy) / (Math.exp(galaxy) + Math.exp(quasar));
    assertThat(revised[0] + revised[1]).isCloseTo(expected, within(1e-9));
    assertThat(revised[0] / revised[1]).as("within the family").isCloseTo(3, within(1e-9));
    assertThat(revised[2]).isCloseTo(1 - expected, within(1e-9));
  }

  @Test
  void shouldStayFiniteWhereTheClassifierRulesAFamilyOut() {
    ClassEnsembles ensembles =
        new ClassEnsembles(CLASSES, List.of(List.of("GALAXY", "GALAXY_AGN"), List.of("QSO")));
    SecondOpinion byPeaks = new SecondOpinion(1, 1, null, 0, List.of(1.0, 1.0), List.of(0.0, 0.0));
    double[] revised =
        ensembles.revise(byPeaks, new double[] {0, 0, 1}, List.of(estimate(1), estimate(0)));
    assertThat(revised[0]).isCloseTo(0.5, within(1e-3));
    assertThat(revised[1]).isCloseTo(0.5, within(1e-3));
    assertThat(revised[2]).isBetween(0.0, 1e-6);
  }

  @Test
  void shouldNameWhatIsWrongWithAnOpinion() throws IOException {
    ModelCard good = card(OPINION);
    assertThat(CardFaults.of(good)).isEmpty();
    ModelCard bad =
        with(
            good,
            new Classifier(
                good.classifier().network(),
                List.of("GALAXY", "GALAXY_AGN", "QSO", "STAR"),
                1,
                null,
                null,
                new SecondOpinion(2, -1, 3.0, 1e9, List.of(1.0), List.of(1.0, 1e9))));
    assertThat(CardFaults.of(bad))
        .contains(
            "classifier.secondOpinion.minProbability is 2.0; it must lie in 0 to 1",
            "classifier.secondOpinion.minPeak is -1.0; it must lie in 0 to 1",
            "classifier.secondOpinion.minShare is 3.0; it must lie in 0 to 1",
            "classifier.secondOpinion.classWeight is 1.0E9; it must lie within ±100.0",
            "classifier.secondOpinion.peakWeights is [1.0]; it must hold 2 numbers",
            "classifier.secondOpinion.offsets is 1.0E9; it must lie within ±100.0",
            "classifier.secondOpinion needs a redshift ensemble of distributions for every class;"
                + " [STAR] have none");
  }

  private static RedshiftEstimate estimate(double peak) {
    return new RedshiftEstimate(0.3, 1e-4, new double[] {0.3}, peak, null, null);
  }

  private Inference infer(PreparedSpectrum spectrum, @Nullable SecondOpinion opinion)
      throws IOException {
    ModelCard card = card(opinion);
    ModelCards.write(card, directory().resolve(ModelCards.FILE));
    try (SavedModelEngine engine =
        SavedModelEngine.open(ModelBundle.open(directory()), EngineOptions.DEFAULT)) {
      // Beside others, so that rows cannot be mixed up.
      PreparedSpectrum sure = spectrum("sure", Map.of(GALAXY, 30f, OF_GALAXIES + 2, 29f));
      List<Inference> all = engine.infer(List.of(sure, spectrum, sure));
      assertThat(all.get(0).best()).isEqualTo(GALAXY);
      assertThat(all.get(2).redshift().z()).isEqualTo(all.get(0).redshift().z());
      return all.get(1);
    }
  }

  private Path directory() {
    return folder.resolve("second").resolve("1");
  }

  private ModelCard card(@Nullable SecondOpinion opinion) throws IOException {
    TinyBundle.export(directory().resolve("classifier"), "logits", SecondOpinionTest::logits);
    TinyBundle.export(
        directory().resolve("galaxy"), "distribution", (tf, p) -> peak(tf, p, OF_GALAXIES));
    TinyBundle.export(
        directory().resolve("qso"), "distribution", (tf, p) -> peak(tf, p, OF_QUASARS));
    return new ModelCard(
        "second",
        "1",
        "known functions",
        TinyBundle.GRID,
        List.of(1, 4, 8),
        new Classifier(network("classifier", "logits"), CLASSES, 1, null, null, opinion),
        List.of(
            redshift(List.of("GALAXY", "GALAXY_AGN"), "galaxy", 0.0),
            redshift(List.of("QSO"), "qso", 1.0)),
        new Acceptance(0.5, 0.5, 0.01, 1, 0.5),
        Map.of("command", "test"),
        Map.of(),
        ModelBundle.checksums(directory()));
  }

  private static ModelCard with(ModelCard card, Classifier classifier) {
    return new ModelCard(
        card.name(),
        card.version(),
        card.description(),
        card.grid(),
        card.batchSizes(),
        classifier,
        card.redshifts(),
        card.acceptance(),
        card.provenance(),
        card.metrics(),
        card.sha256());
  }

  private static Redshift redshift(List<String> classes, String path, double start) {
    return new Redshift(
        classes,
        network(path, "distribution"),
        RedshiftKind.DISTRIBUTION,
        1,
        start,
        TinyBundle.BIN_STEP,
        BINS,
        null,
        null);
  }

  private static Operand<TFloat32> logits(Ops tf, Operand<TFloat32> pixels) {
    return slice(tf, pixels, 0, CLASSES.size());
  }

  /** One member: softmax over {@value #WIDTH} pixels, and nothing in the bins beyond. */
  private static Operand<TFloat32> peak(Ops tf, Operand<TFloat32> pixels, int from) {
    Operand<TFloat32> known =
        tf.math.mul(slice(tf, pixels, from, WIDTH), tf.constant((float) TinyBundle.SHARPNESS));
    Operand<TFloat32> padded =
        tf.pad(known, tf.constant(new int[][] {{0, 0}, {0, BINS - WIDTH}}), tf.constant(0f));
    return tf.expandDims(tf.nn.softmax(padded), tf.constant(1));
  }
}

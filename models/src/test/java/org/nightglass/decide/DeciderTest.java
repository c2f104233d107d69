package org.nightglass.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.nightglass.decide.Warning.CLASS_UNCERTAIN;
import static org.nightglass.decide.Warning.ENSEMBLE_SPREAD;
import static org.nightglass.decide.Warning.INCOMPATIBLE_WITH_TARGET_TYPE;
import static org.nightglass.decide.Warning.LITTLE_COVERAGE;
import static org.nightglass.decide.Warning.LOW_SNR;
import static org.nightglass.decide.Warning.NO_DATA;
import static org.nightglass.decide.Warning.Z_AMBIGUOUS;
import static org.nightglass.decide.Warning.Z_NOT_ESTIMATED;
import static org.nightglass.decide.Warning.Z_OUT_OF_RANGE;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;

class DeciderTest {
  private static final Network NETWORK = new Network("n", "serve", "s", "x", "y", "contrast2");
  private static final List<String> CLASSES = List.of("GALAXY_AGN", "QSO", "STAR");
  private static final Decider DECIDER = new Decider(card(CLASSES, null));

  private static ModelCard card(List<String> classes, @Nullable Double outlierLimit) {
    return new ModelCard(
        "test",
        "1",
        "test",
        ModelGrid.SDSS_3600,
        List.of(1),
        new Classifier(NETWORK, classes, 1, outlierLimit, null),
        List.of(
            new Redshift(
                List.of("GALAXY_AGN"),
                NETWORK,
                RedshiftKind.DISTRIBUTION,
                3,
                0.0,
                4e-4,
                896,
                null,
                null),
            new Redshift(
                List.of("QSO"), NETWORK, RedshiftKind.POINTS, 3, null, null, null, 10.0, null)),
        new Acceptance(0.6, 0.8, 0.003, 2, 0.7),
        Map.of(),
        Map.of(),
        Map.of());
  }

  @Test
  void shouldAddAWarningThatChangesNothingAndRefuseOneThatWould() {
    Decision decision = new Decision("GALAXY", 0.9, 0.1, 0.001, true, Set.of());
    assertThat(decision.with(Warning.NIGHT_MISMATCH))
        .isEqualTo(new Decision("GALAXY", 0.9, 0.1, 0.001, true, Set.of(Warning.NIGHT_MISMATCH)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> decision.with(Warning.LOW_SNR))
        .withMessageContaining("LOW_SNR");
  }

  @Test
  void shouldAcceptASoundRedshift() {
    Decision decision = DECIDER.decide(spectrum(10, 1, "GALAXY"), galaxy(0.2, 0.95));
    assertThat(decision)
        .isEqualTo(new Decision("GALAXY_AGN", 0.9, 0.2, 1e-3, true, java.util.Set.of()));
  }

  @Test
  void shouldGiveAStarNoRedshift() {
    Decision decision =
        DECIDER.decide(
            spectrum(10, 1, null), new Inference(CLASSES, new double[] {0.1, 0.1, 0.8}, null));
    assertThat(decision.label()).isEqualTo("STAR");
    assertThat(decision.z()).isNull();
    assertThat(decision.zErr()).isNull();
    assertThat(decision.goodZ()).isFalse();
    assertThat(decision.warnings()).containsExactly(Z_NOT_ESTIMATED);
  }

  @ParameterizedTest
  @CsvSource({"2, 0.7, ", "1.99, 0.7, LOW_SNR", "2, 0.69, LITTLE_COVERAGE"})
  void shouldJudgeTheSpectrum(double snr, double coverage, Warning warning) {
    Decision decision = DECIDER.decide(spectrum(snr, coverage, null), galaxy(0.2, 0.95));
    expect(decision, warning);
  }

  @Test
  void shouldSayThatNothingWasObserved() {
    assertThat(DECIDER.decide(spectrum(0, 0, null), galaxy(0.2, 0.95)).warnings())
        .containsExactlyInAnyOrder(NO_DATA, LITTLE_COVERAGE, LOW_SNR);
  }

  @ParameterizedTest
  @CsvSource({"0.6, ", "0.59, CLASS_UNCERTAIN"})
  void shouldJudgeTheClass(double probability, Warning warning) {
    double rest = (1 - probability) / 2;
    Inference inference =
        new Inference(
            CLASSES, new double[] {probability, rest, rest}, estimate(0.2, 0.95, 0.2, 0.2));
    expect(DECIDER.decide(spectrum(10, 1, null), inference), warning);
  }

  /** The ensemble's own limits stand in place of the card's: looser ones here, all of them. */
  @Test
  void shouldJudgeByTheLimitsOfTheEnsemble() {
    Inference inference =
        new Inference(CLASSES, new double[] {0.55, 0.25, 0.2}, estimate(0.2, 0.5, 0.2, 0.205));
    PreparedSpectrum spectrum = spectrum(1.5, 0.65, null);
    assertThat(DECIDER.decide(spectrum, inference).warnings())
        .containsExactlyInAnyOrder(
            CLASS_UNCERTAIN, Z_AMBIGUOUS, ENSEMBLE_SPREAD, LOW_SNR, LITTLE_COVERAGE);

    ModelCard card = card(CLASSES, null);
    Redshift galaxies = card.redshifts().get(0);
    Redshift own =
        new Redshift(
            galaxies.classes(),
            galaxies.network(),
            galaxies.kind(),
            galaxies.members(),
            galaxies.binStart(),
            galaxies.binStep(),
            galaxies.bins(),
            galaxies.pointScale(),
            galaxies.calibration(),
            new Acceptance(0.5, 0.4, 0.01, 1, 0.6));
    ModelCard other =
        new ModelCard(
            card.name(),
            card.version(),
            card.description(),
            card.grid(),
            card.batchSizes(),
            card.classifier(),
            List.of(own, card.redshifts().get(1)),
            card.acceptance(),
            card.provenance(),
            card.metrics(),
            card.sha256());
    assertThat(new Decider(other).decide(spectrum, inference).warnings()).isEmpty();
    assertThat(new Decider(other).decide(spectrum, inference).goodZ()).isTrue();
  }

  @Test
  void shouldNotMindWhichKindOfGalaxyItIs() {
    List<String> classes = List.of("GALAXY_AGN", "GALAXY_STARBURST", "QSO");
    Decider decider = new Decider(card(classes, null));
    Inference inference =
        new Inference(classes, new double[] {0.33, 0.27, 0.4}, estimate(0.2, 0.95, 0.2, 0.2));
    Decision decision = decider.decide(spectrum(10, 1, null), inference);
    assertThat(decision.label()).as("the likeliest galaxy").isEqualTo("GALAXY_AGN");
    assertThat(decision.probability()).isEqualTo(0.33);
    assertThat(decision.warnings()).as("0.6 for a galaxy").isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.7, ", "0.71, OUT_OF_DISTRIBUTION"})
  void shouldFlagWhatTheModelSaysItDoesNotKnow(double outlier, Warning warning) {
    Inference inference =
        new Inference(
            CLASSES, new double[] {0.9, 0.05, 0.05}, outlier, estimate(0.2, 0.95, 0.2, 0.2));
    expect(new Decider(card(CLASSES, 0.7)).decide(spectrum(10, 1, null), inference), warning);
    assertThat(DECIDER.decide(spectrum(10, 1, null), inference).warnings())
        .as("by a card without a limit")
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0.8, ", "0.79, Z_AMBIGUOUS"})
  void shouldJudgeThePeak(double peak, Warning warning) {
    expect(DECIDER.decide(spectrum(10, 1, null), galaxy(0.2, peak)), warning);
  }

  @ParameterizedTest
  @CsvSource({"0.2035, ", "0.2037, ENSEMBLE_SPREAD"})
  void shouldJudgeTheSpreadInUnitsOfOnePlusZ(double other, Warning warning) {
    Inference inference =
        new Inference(CLASSES, new double[] {0.9, 0, 0.1}, estimate(0.2, 0.95, 0.2, other));
    expect(DECIDER.decide(spectrum(10, 1, null), inference), warning);
  }

  @ParameterizedTest
  @CsvSource({
    "0, Z_OUT_OF_RANGE", // bin 0
    "0.001, Z_OUT_OF_RANGE", // bin 1.1
    "0.002, ", // bin 2.2
    "1.27, ", // bin 890
    "1.279, Z_OUT_OF_RANGE", // bin 894.4
    "1.2804, Z_OUT_OF_RANGE", // bin 895
  })
  void shouldDistrustTheEdgesOfTheRange(double z, Warning warning) {
    expect(DECIDER.decide(spectrum(10, 1, null), galaxy(z, 0.95)), warning);
  }

  @ParameterizedTest
  @CsvSource({"-0.01, Z_OUT_OF_RANGE", "0.01, ", "4.99, ", "5.01, Z_OUT_OF_RANGE"})
  void shouldDistrustPointsBeyondTheRangeOfTraining(double z, Warning warning) {
    Inference inference =
        new Inference(
            CLASSES,
            new double[] {0.1, 0.9, 0},
            new RedshiftEstimate(z, 1e-3, new double[] {z, z, z}, null, null, null));
    expect(DECIDER.decide(spectrum(10, 1, null), inference), warning);
  }

  @ParameterizedTest
  @CsvSource({"QSO", "STAR", "STAR_BHB", "qso"})
  void shouldRemarkAClassThatIsNotWhatWasSelectedButKeepItsRedshift(String selectedAs) {
    Decision decision = DECIDER.decide(spectrum(10, 1, selectedAs), galaxy(0.2, 0.95));
    assertThat(decision.warnings()).containsExactly(INCOMPATIBLE_WITH_TARGET_TYPE);
    assertThat(decision.goodZ()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"GALAXY", "GALAXY_STARFORMING", "SERENDIPITY_DISTANT", "LRG"})
  void shouldSayNothingOfASelectionThatFitsOrIsNotKnown(String selectedAs) {
    expect(DECIDER.decide(spectrum(10, 1, selectedAs), galaxy(0.2, 0.95)), null);
  }

  @Test
  void shouldGiveAllWarningsAtOnce() {
    Inference inference =
        new Inference(CLASSES, new double[] {0.4, 0.3, 0.3}, estimate(0.0001, 0.2, 0.0001, 1));
    Decision decision = DECIDER.decide(spectrum(-1, 0.1, "STAR"), inference);
    assertThat(decision.goodZ()).isFalse();
    assertThat(decision.z()).as("z stays to be seen").isEqualTo(0.0001);
    assertThat(decision.warnings())
        .containsExactlyInAnyOrder(
            LITTLE_COVERAGE,
            LOW_SNR,
            CLASS_UNCERTAIN,
            ENSEMBLE_SPREAD,
            Z_OUT_OF_RANGE,
            Z_AMBIGUOUS,
            INCOMPATIBLE_WITH_TARGET_TYPE);
  }

  @ParameterizedTest
  @CsvSource({"5, 0.79, 1, true", "4.9, 0.79, 1, false", "5, 0.8, 1, false", "5, 0.79, 0.2, false"})
  void shouldTakeAClearSpectrumInWhichNoRedshiftIsFoundForAnotherKindOfObject(
      double snr, double peak, double other, boolean flagged) {
    Inference inference =
        new Inference(CLASSES, new double[] {0.9, 0.05, 0.05}, estimate(0.2, peak, 0.2, other));
    Decision decision = DECIDER.decide(spectrum(snr, 1, null), inference);
    assertThat(decision.warnings().contains(Warning.OUT_OF_DISTRIBUTION)).isEqualTo(flagged);
  }

  private static void expect(Decision decision, Warning warning) {
    if (warning == null) {
      assertThat(decision.warnings()).isEmpty();
      assertThat(decision.goodZ()).isTrue();
    } else {
      assertThat(decision.warnings()).containsExactly(warning);
      assertThat(decision.goodZ()).isFalse();
    }
  }

  private static Inference galaxy(double z, double peak) {
    return new Inference(CLASSES, new double[] {0.9, 0.05, 0.05}, estimate(z, peak, z, z));
  }

  private static RedshiftEstimate estimate(double z, double peak, double second, double third) {
    return new RedshiftEstimate(z, 1e-3, new double[] {z, second, third}, peak, null, null);
  }

  private static PreparedSpectrum spectrum(double snr, double coverage, String selectedAs) {
    Observation observation =
        new Observation(
            "s",
            "t",
            ObjectKind.TARGET,
            "test",
            "dark",
            "f",
            "e",
            1,
            null,
            null,
            59_000,
            null,
            "1",
            null,
            selectedAs);
    return new PreparedSpectrum(observation, new float[0], new float[0], snr, coverage);
  }
}

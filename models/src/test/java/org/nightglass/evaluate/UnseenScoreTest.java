package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.nightglass.decide.Warning;
import org.nightglass.simulate.SourceKind;
import org.nightglass.simulate.UnseenKind;
import org.nightglass.simulate.UnseenKind.Group;

class UnseenScoreTest {
  private static final UnseenKind STACK = kind("STACK", Group.OTHER_TEMPLATES, "GALAXY");
  private static final UnseenKind SUPERNOVA = kind("SUPERNOVA", Group.OTHER_KIND, "SUPERNOVA");

  private static UnseenKind kind(String name, Group group, String objectClass) {
    return new UnseenKind(
        name, group, objectClass, SourceKind.PASSIVE, (k, z, r, g, f) -> "", 0, 1, 0);
  }

  /** True z is 0.1. */
  private static Scored judged(
      @Nullable UnseenKind kind, double qso, double z, boolean accepted, Warning... warnings) {
    return new Scored(
        "s",
        kind == null ? "GALAXY" : kind.objectClass(),
        0.1,
        7.0,
        Examples.probabilities(1 - qso, qso, 0),
        z,
        0.001,
        0.9,
        accepted,
        Set.of(warnings),
        null,
        kind);
  }

  @Test
  void shouldCountByKindWhatIsFlaggedAndWhatIsAcceptedAllTheSame() {
    List<Scored> spectra =
        List.of(
            judged(STACK, 0.1, 0.1, true),
            judged(STACK, 0.9, 0.1, true), // right redshift, wrong family
            judged(STACK, 0.1, 0.9, false, Warning.Z_AMBIGUOUS),
            judged(SUPERNOVA, 0.8, 0.5, false, Warning.OUT_OF_DISTRIBUTION, Warning.Z_AMBIGUOUS),
            judged(SUPERNOVA, 0.2, 0.1, true),
            judged(null, 0.2, 0.1, true));
    List<UnseenScore> scores = UnseenScore.of(spectra);
    assertThat(scores).extracting(UnseenScore::kind).containsExactly("SUPERNOVA", "STACK");
    UnseenScore supernova = scores.get(0);
    assertThat(supernova.outOfDistribution()).isEqualTo(Ratio.of(1, 2));
    assertThat(supernova.accepted()).isEqualTo(Ratio.of(1, 2));
    assertThat(supernova.acceptedRight()).isEqualTo(Ratio.of(0, 1));
    assertThat(supernova.familyRight()).isEqualTo(Ratio.of(0, 2));
    assertThat(supernova.takenFor()).isEqualTo(Map.of("GALAXY", 1, "QSO", 1));
    assertThat(supernova.warnings())
        .isEqualTo(Map.of(Warning.OUT_OF_DISTRIBUTION, 1, Warning.Z_AMBIGUOUS, 1));
    UnseenScore stack = scores.get(1);
    assertThat(stack.medianSnr()).isEqualTo(7);
    assertThat(stack.outOfDistribution()).isEqualTo(Ratio.of(0, 3));
    assertThat(stack.accepted()).isEqualTo(Ratio.of(2, 3));
    assertThat(stack.acceptedRight()).isEqualTo(Ratio.of(1, 2));
    assertThat(stack.familyRight()).isEqualTo(Ratio.of(2, 3));
    assertThat(stack.redshiftRight()).isEqualTo(Ratio.of(2, 3));
  }

  @Test
  void shouldShowThemOnThePageAndTheTerminal() {
    List<Scored> spectra = List.of(judged(STACK, 0.1, 0.1, true), judged(SUPERNOVA, 1, 2, false));
    Evaluation evaluation =
        Evaluation.of(Examples.subject(2), spectra, Examples.THREE, SnrBin.between(List.of(5.0)));
    assertThat(EvaluationText.lines(evaluation))
        .anySatisfy(line -> assertThat(line).matches("SUPERNOVA .* 0\\.0 % .* QSO 1"));
    assertThat(EvaluationHtml.page(evaluation, spectra))
        .contains("<h2>Not trained on</h2>", "<td>STACK<td>recognised<td>1")
        .doesNotContain("NaN", "null");
    assertThat(
            EvaluationHtml.page(
                Evaluation.of(
                    Examples.subject(1),
                    List.of(judged(null, 0, 0.1, true)),
                    Examples.THREE,
                    SnrBin.between(List.of(5.0))),
                List.of()))
        .doesNotContain("Not trained on");
  }
}

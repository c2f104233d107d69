package org.nightglass.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nightglass.avro.SpectrumResult;

class AgreementTest {

  @Test
  void shouldCountWhatIsSaidAlike() {
    Map<String, SpectrumResult> ours = said("GALAXY", 0.5, 1e-4, 100);
    Map<String, SpectrumResult> theirs = said("GALAXY", 0.5, 1e-4, 100);
    theirs.put("T1", result("QSO", 0.5, 1e-4));
    theirs.put("T2", result("GALAXY", 0.5001, 2e-4));
    Agreement agreement = Agreement.of(ours, theirs);
    assertThat(agreement).isEqualTo(new Agreement(100, 0.99, 0.99, 0.99, 0, 0.99));
    agreement.require(true);
  }

  @Test
  void shouldRefuseToCompareThoseWhoDisagree() {
    Map<String, SpectrumResult> ours = said("GALAXY", 0.5, 1e-4, 10);
    Map<String, SpectrumResult> theirs = said("GALAXY", 0.6, 1e-4, 10);
    assertThatThrownBy(() -> Agreement.of(ours, theirs).require(false))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("they do not say the same")
        .hasMessageContaining("sameWithinErrors=0.0");
    theirs.remove("T3");
    assertThatThrownBy(() -> Agreement.of(ours, theirs)).hasMessageContaining("10 and 9 targets");
  }

  @Test
  void shouldAllowForAnotherArithmeticWithinATenthOfTheErrors() {
    Map<String, SpectrumResult> ours = said("GALAXY", 0.5, 1e-3, 10);
    Agreement near = Agreement.of(ours, said("GALAXY", 0.50008, 1e-3, 10));
    near.require(false);
    assertThatThrownBy(() -> near.require(true)).hasMessageContaining("sameRedshift=0.0");
    Agreement far = Agreement.of(ours, said("GALAXY", 0.50012, 1e-3, 10));
    assertThatThrownBy(() -> far.require(false)).hasMessageContaining("sameWithinErrors=0.0");
  }

  @Test
  void shouldTakeARedshiftThatOnlyOneGivesForADifference() {
    Map<String, SpectrumResult> ours = said("STAR", null, null, 10);
    assertThat(Agreement.of(ours, said("STAR", null, null, 10)).sameRedshift()).isEqualTo(1);
    assertThat(Agreement.of(ours, said("STAR", 0.0, 1e-4, 10)).sameRedshift()).isEqualTo(0);
  }

  private static Map<String, SpectrumResult> said(
      String label, Double z, Double error, int number) {
    Map<String, SpectrumResult> said = new HashMap<>();
    for (int i = 0; i < number; i++) {
      said.put("T" + i, result(label, z, error));
    }
    return said;
  }

  private static SpectrumResult result(String label, Double z, Double error) {
    SpectrumResult result = new SpectrumResult();
    result.setClassLabel(label);
    result.setZ(z);
    result.setZErr(error);
    return result;
  }
}

package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LabelsTest {
  private static final Labels FINE =
      Labels.of(
          List.of("GALAXY", "GALAXY_AGN", "QSO", "QSO_BROADLINE", "STAR_F5", "STAR_K1"),
          Set.of("GALAXY", "GALAXY_AGN", "QSO", "QSO_BROADLINE"));

  @Test
  void shouldBringACatalogueToTheFinestClassThatTheModelKnows() {
    assertThat(FINE.truth("galaxy", "AGN BROADLINE")).isEqualTo("GALAXY_AGN");
    assertThat(FINE.truth("QSO", "AGN BROADLINE")).isEqualTo("QSO_BROADLINE");
    assertThat(FINE.truth("GALAXY", "STARFORMING")).isEqualTo("GALAXY");
    assertThat(FINE.truth("STAR", "F5")).isEqualTo("STAR_F5");
    assertThat(FINE.truth("STAR", "F2V (33256)")).isEqualTo("STAR");
    assertThat(FINE.truth("QSO", "nan")).isEqualTo("QSO");
    assertThat(FINE.truth("QSO", " ")).isEqualTo("QSO");
    assertThat(Examples.THREE.truth("QSO", "BROADLINE")).isEqualTo("QSO");
    assertThat(Labels.asTheyCome().truth("QSO", "BROADLINE")).isEqualTo("QSO_BROADLINE");
  }

  @Test
  void shouldTakeAnySubclassForRightWhereTheModelHasNoClassForTheWhole() {
    assertThat(FINE.right("STAR", "STAR_K1")).isTrue();
    assertThat(FINE.right("STAR_F5", "STAR_K1")).isFalse();
    assertThat(FINE.right("GALAXY", "GALAXY_AGN")).isFalse();
    assertThat(FINE.right("STAR", "QSO")).isFalse();
  }

  @Test
  void shouldKnowWhichClassesHaveRedshifts() {
    assertThat(FINE.hasRedshift("QSO_BROADLINE")).isTrue();
    assertThat(FINE.hasRedshift("STAR_F5")).isFalse();
    assertThat(FINE.hasRedshift("STAR")).isFalse();
    assertThat(FINE.hasRedshift(Labels.SKY)).isFalse();
    assertThat(Labels.asTheyCome().hasRedshift(Labels.SKY)).isFalse();
    assertThat(Labels.asTheyCome().hasRedshift("STAR")).isTrue();
  }

  @Test
  void shouldAllowQuasarsMore() {
    assertThat(Labels.limit("QSO_BROADLINE")).isEqualTo(0.01);
    assertThat(Labels.limit("GALAXY_AGN")).isEqualTo(0.003);
  }
}

package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.simulate.SourceKind;

class ClassSchemeTest {

  @ParameterizedTest
  @CsvSource({
    "GALAXY, PASSIVE, GALAXY",
    "GALAXY, STARBURST, GALAXY",
    "GALAXY_AGN, STARFORMING, GALAXY_AGN",
    "QSO_BROADLINE, '', QSO_BROADLINE",
    "STAR_K5, K5, STAR_K5",
  })
  void shouldGoBySdssSubclassWherePlainGalaxiesAreAClass(
      String label, String type, String expected) {
    assertThat(classes(SurveyPreset.SDSS13, label, type)).containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "GALAXY, STARBURST, GALAXY_STARFORMING",
    "GALAXY_STARFORMING, PASSIVE, GALAXY_PASSIVE",
    "QSO_BROADLINE, '', QSO",
    "STAR_K5, K5, STAR_K",
    "STAR_B9, B9, STAR_A",
    "STAR_WD, WD, STAR_WD",
    "STAR_CarbonWD, CarbonWD, STAR_WD",
  })
  void shouldGoByWhatWasDrawnWhereThereIsNoPlainGalaxy(String label, String type, String expected) {
    assertThat(classes(SurveyPreset.FOURMOST10, label, type)).containsExactly(expected);
  }

  @Test
  void shouldSpreadAnUnknownTypeOverItsFamily() {
    assertThat(classes(SurveyPreset.SDSS13, "STAR_M4", "M4"))
        .hasSize(7)
        .allMatch(label -> label.startsWith("STAR_"));
    assertThat(classes(SurveyPreset.PLAIN, "STAR_M4", "M4")).containsExactly("STAR");
  }

  private static String[] classes(SurveyPreset survey, String label, @Nullable String type) {
    ClassScheme scheme = new ClassScheme(survey.classes());
    SourceKind any = SourceKind.ofLabel(label);
    SourceKind kind = new SourceKind(any.sourceClass(), type == null ? "" : type);
    return Arrays.stream(scheme.of(label, kind))
        .mapToObj(scheme.classes()::get)
        .toArray(String[]::new);
  }
}

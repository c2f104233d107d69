package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nightglass.prepare.ContrastNormalisation;
import org.nightglass.simulate.Redshifts;
import org.nightglass.simulate.SourceClass;

class BundlePlanTest {

  /** Else a training would call a source none that its redshift network knows, or the reverse. */
  @ParameterizedTest
  @CsvSource({
    "GALAXY, " + Redshifts.EMISSION_LIMIT + ", " + Redshifts.GALAXY_BEYOND,
    "QSO, " + Redshifts.QSO_LIMIT + ", " + Redshifts.QSO_BEYOND,
  })
  void shouldHaveBinsForWhatIsTrainedOnAndForNothingBeyond(
      SourceClass family, double trained, double beyond) {
    RedshiftTarget.Bins bins = (RedshiftTarget.Bins) plan().target(family);
    double last = Math.pow(10, bins.start() + bins.step() * bins.bins()) - 1;
    assertThat(last).isBetween(trained, beyond);
  }

  private static BundlePlan plan() {
    Path nowhere = Path.of("nowhere");
    return new BundlePlan(
        new TrainingConfig(
            "plan",
            "1",
            SurveyPreset.SDSS13,
            ContrastNormalisation.NAME,
            null,
            1,
            100,
            100,
            1,
            1,
            1,
            1,
            0,
            2,
            1,
            TrainingConfig.ClassifierNetwork.COMPACT,
            1,
            TrainingConfig.RedshiftNetwork.CROSS_CORRELATION,
            nowhere,
            nowhere,
            null));
  }
}

package org.nightglass.train;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelBundle;

/**
 * How to calibrate a bundle anew.
 *
 * @param bundle whose networks stay as they are
 * @param version of the bundle to make; lower-case letters, digits, dots, dashes
 * @param survey whose spectrographs are simulated, and below which S/N nothing is accepted; its
 *     classes and grid do not count, the bundle's do
 * @param templates directory of template files to simulate from; null = from formulas alone
 * @param seed of simulations
 * @param heldBack simulated spectra a family to calibrate on, 100 to 100,000
 * @param bundles the bundle is written to {@code bundles/<name>/<version>/}, which must not exist
 */
public record CalibrationConfig(
    ModelBundle bundle,
    String version,
    SurveyPreset survey,
    @Nullable Path templates,
    long seed,
    int heldBack,
    Path bundles) {

  /**
   * @throws IllegalArgumentException listing every fault
   */
  public CalibrationConfig {
    List<String> faults = new ArrayList<>();
    if (!version.matches("[a-z0-9-][a-z0-9.-]*")) {
      faults.add("version must match [a-z0-9-][a-z0-9.-]*, got '" + version + "'");
    }
    if (heldBack < 100 || heldBack > 100_000) {
      faults.add("heldBack 100..100000: " + heldBack);
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException(
          "the calibration cannot start: " + String.join("; ", faults));
    }
    survey = survey.withClasses(bundle.card().classifier().classes());
    survey = survey.withGrid(bundle.card().grid());
  }
}

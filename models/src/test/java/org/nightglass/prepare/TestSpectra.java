package org.nightglass.prepare;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/** Spectra whose truth is known. */
final class TestSpectra {
  static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private TestSpectra() {}

  static Observation observation() {
    return new Observation(
        "spectrum-1",
        "target-1",
        ObjectKind.TARGET,
        "test",
        "dark",
        "field-1",
        "exposure-1",
        7,
        10.0,
        -20.0,
        59_000,
        900.0,
        "1",
        null,
        null);
  }

  static ObservedSpectrum spectrum(Arm... arms) {
    return new ObservedSpectrum(observation(), List.of(arms));
  }

  /** An arm that shows a function of the vacuum wavelength at its pixel centres. */
  static Arm arm(String name, WavelengthGrid grid, DoubleUnaryOperator flux, double ivar) {
    float[] values = new float[grid.pixels()];
    float[] weights = new float[grid.pixels()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) flux.applyAsDouble(grid.wavelength(i));
      weights[i] = (float) ivar;
    }
    return new Arm(name, grid, Medium.VACUUM, values, weights, null);
  }

  static WavelengthGrid explicit(WavelengthGrid grid) {
    double[] wavelengths = new double[grid.pixels()];
    Arrays.setAll(wavelengths, grid::wavelength);
    return new WavelengthGrid.Explicit(wavelengths);
  }

  /** DESI's arms, not in order of wavelength. */
  static ObservedSpectrum desi(DoubleUnaryOperator flux, double ivar) {
    return spectrum(
        arm("z", new WavelengthGrid.Linear(7520, 0.8, 2881), flux, ivar),
        arm("b", new WavelengthGrid.Linear(3600, 0.8, 2751), flux, ivar),
        arm("r", new WavelengthGrid.Linear(5760, 0.8, 2326), flux, ivar));
  }

  static WavelengthGrid.Log sdssGrid() {
    return new WavelengthGrid.Log(3.5796, 1e-4, 3840);
  }
}

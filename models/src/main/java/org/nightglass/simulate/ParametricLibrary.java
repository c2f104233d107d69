package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Sources from formulas alone: needs no files. Good enough for demonstrations and tests; networks
 * for real spectra want {@link TemplateLibrary} beside it.
 */
public final class ParametricLibrary implements SourceLibrary {

  @Override
  public void write(
      SourceClass sourceClass,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux) {
    switch (sourceClass) {
      case GALAXY -> ParametricGalaxies.write(z, random, grid, flux);
      case QSO -> ParametricQuasars.write(z, random, grid, flux);
      case STAR -> ParametricStars.write(z, random, grid, flux);
    }
  }
}

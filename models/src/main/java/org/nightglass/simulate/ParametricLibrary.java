package org.nightglass.simulate;

import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Sources from formulas alone: needs no files. Good enough for demonstrations and tests; networks
 * for real spectra want {@link TemplateLibrary} beside it.
 */
public final class ParametricLibrary implements SourceLibrary {

  @Override
  public String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    return switch (kind.sourceClass()) {
      case GALAXY -> {
        ParametricGalaxies.write(kind.type(), z, random, grid, flux);
        yield "";
      }
      case QSO -> {
        ParametricQuasars.write(z, random, grid, flux);
        yield "";
      }
      case STAR -> ParametricStars.write(kind.type(), z, random, grid, flux);
    };
  }
}

package org.nightglass.simulate;

import org.nightglass.spectrum.WavelengthGrid;

/**
 * The subclass that SDSS's pipeline would give a spectrum, from its noise-free lines and the noise
 * it is observed with (Bolton et al. 2012, and SDSS's page on spectral classification):
 *
 * <ul>
 *   <li>Galaxies whose Hβ, [O III], Hα and [N II] stand out by 3σ are {@code AGN} if log([O
 *       III]/Hβ) &gt; 0.7 − 1.2·(log([N II]/Hα) + 0.4), else {@code STARFORMING}, and {@code
 *       STARBURST} where the equivalent width of Hα at rest is above 50 Å; all others are plain.
 *   <li>Quasars with a line of 10σ whose width is above 200 km/s by 5σ are {@code BROADLINE}.
 * </ul>
 */
final class SdssSubclass {
  private static final double DETECTED = 3;
  private static final double BROAD_DETECTED = 10;
  private static final double BROAD_KMS = 200;
  private static final double BROAD_SIGMAS = 5;
  private static final double STARBURST_WIDTH = 50;

  /** Absorption of stars below the Balmer lines, Å at rest, which SDSS's stellar model fills. */
  private static final double ABSORPTION = 1.2;

  static final double[] BROAD_LINES = {
    1549.06, 1908.73, 2798.75, NebularLines.H_BETA, NebularLines.H_ALPHA
  };

  private SdssSubclass() {}

  /**
   * @param flux noise-free
   * @param sigma noise of a pixel, infinite where nothing was observed
   * @return empty for none
   */
  static String of(
      SourceClass sourceClass, double z, WavelengthGrid.Log grid, double[] flux, double[] sigma) {
    LineFit fit = new LineFit(grid, flux, sigma);
    return switch (sourceClass) {
      case GALAXY -> galaxy(fit, z, grid);
      case QSO -> quasar(fit, z);
      case STAR -> "";
    };
  }

  private static String galaxy(LineFit fit, double z, WavelengthGrid.Log grid) {
    LineFit.Line[] red = fit.hAlphaAndNitrogen(z);
    LineFit.Line[] blue =
        fit.fit(
            z,
            new double[][] {{NebularLines.H_BETA}},
            new double[][] {{1}},
            40,
            LineFit.NARROW_KMS);
    LineFit.Line[] oxygen =
        fit.fit(
            z,
            new double[][] {{NebularLines.O_III_B, NebularLines.O_III_A}},
            new double[][] {{1, 1 / 2.98}},
            30,
            LineFit.NARROW_KMS);
    if (red.length == 0 || blue.length == 0 || oxygen.length == 0) {
      return "";
    }
    double perAngstrom = 1 / (Math.log(10) * grid.log10Step());
    double alpha = filled(red[0], NebularLines.H_ALPHA, perAngstrom);
    double beta = filled(blue[0], NebularLines.H_BETA, perAngstrom);
    boolean detected =
        detected(red[0], alpha)
            && detected(red[1], red[1].flux())
            && detected(blue[0], beta)
            && detected(oxygen[0], oxygen[0].flux());
    if (!detected) {
      return "";
    }
    double o3 = Math.log10(oxygen[0].flux() / 1.336 * perAngstromRatio() / beta);
    double n2 = Math.log10(red[1].flux() * 0.75 / alpha);
    if (o3 > 0.7 - 1.2 * (n2 + 0.4)) {
      return "AGN";
    }
    double width = alpha / Math.max(red[0].continuum(), 1e-30) * NebularLines.H_ALPHA / perAngstrom;
    return width > STARBURST_WIDTH ? "STARBURST" : "STARFORMING";
  }

  /** Flux densities are per Å, but summed over pixels that grow with the wavelength. */
  private static double perAngstromRatio() {
    return NebularLines.O_III_B / NebularLines.H_BETA;
  }

  /** The line's flux without the absorption of stars below it. */
  private static double filled(LineFit.Line line, double rest, double perAngstrom) {
    return line.flux() + ABSORPTION * Math.max(0, line.continuum()) * perAngstrom / rest;
  }

  private static boolean detected(LineFit.Line line, double flux) {
    double significance = line.flux() == 0 ? 0 : line.significance() * flux / line.flux();
    return flux > 0 && significance >= DETECTED;
  }

  private static String quasar(LineFit fit, double z) {
    for (double rest : BROAD_LINES) {
      LineFit.Line[] found =
          fit.fit(z, new double[][] {{rest}}, new double[][] {{1}}, rest * 0.04, 4800);
      if (found.length > 0 && found[0].significance() >= BROAD_DETECTED) {
        double width = found[0].sigmaKms();
        // A Gaussian's width is known to σ/(√2·S/N).
        double error = width / (Math.sqrt(2) * found[0].significance());
        if (width - BROAD_KMS > BROAD_SIGMAS * error) {
          return "BROADLINE";
        }
      }
    }
    return "";
  }
}

package org.nightglass.simulate;

import java.util.List;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The spectrographs that can be simulated: arms and their pixels, resolution, throughput, fibre,
 * mirror, read noise.
 *
 * <p>Figures are rounded from the instruments' papers (SDSS and BOSS: Smee et al. 2013; DESI: DESI
 * Collaboration 2022, AJ 164, 207; 4MOST's low-resolution spectrograph: de Jong et al. 2019). They
 * give noise of the right size and shape, not a model of any one exposure.
 */
public enum Spectrograph {
  /** SDSS's first spectrographs, both cameras joined: 3,800–9,220 Å, 3″ fibres. */
  SDSS(
      "sdss",
      List.of(new ArmPixels("sdss", new WavelengthGrid.Log(3.5797, 1e-4, 3850))),
      new Optics(65, 3.6e4, 7.07, 60),
      new double[][] {
        {3780, 0.035},
        {4200, 0.09},
        {5000, 0.14},
        {5800, 0.15},
        {6000, 0.13},
        {6800, 0.18},
        {7500, 0.18},
        {8300, 0.13},
        {9250, 0.06}
      }),
  /** BOSS, both cameras joined: 3,600–10,380 Å, 2″ fibres. */
  BOSS(
      "boss",
      List.of(new ArmPixels("boss", new WavelengthGrid.Log(3.5563, 1e-4, 4600))),
      new Optics(60, 3.6e4, 3.14, 25),
      new double[][] {
        {3550, 0.04},
        {3900, 0.11},
        {4500, 0.17},
        {5500, 0.19},
        {6050, 0.15},
        {7000, 0.23},
        {8000, 0.24},
        {9000, 0.20},
        {9800, 0.11},
        {10_400, 0.05}
      }),
  /** DESI's three arms, 3,600–9,824 Å in steps of 0.8 Å, 1.5″ fibres. */
  DESI(
      "desi",
      List.of(
          new ArmPixels("b", new WavelengthGrid.Linear(3600, 0.8, 2751)),
          new ArmPixels("r", new WavelengthGrid.Linear(5760, 0.8, 2326)),
          new ArmPixels("z", new WavelengthGrid.Linear(7520, 0.8, 2881))),
      new Optics(40, 8.7e4, 1.77, 40),
      new double[][] {
        {3550, 0.03},
        {3800, 0.10},
        {4300, 0.18},
        {5000, 0.23},
        {5780, 0.19},
        {6500, 0.27},
        {7500, 0.28},
        {8500, 0.30},
        {9300, 0.25},
        {9850, 0.14}
      }),
  /**
   * 4MOST's low-resolution spectrograph: three arms, 3,700–9,500 Å in steps of 0.5 Å, 1.45″ fibres.
   */
  FOURMOST_LRS(
      "4most",
      List.of(
          new ArmPixels("blue", new WavelengthGrid.Linear(3700, 0.5, 3701)),
          new ArmPixels("green", new WavelengthGrid.Linear(5240, 0.5, 3921)),
          new ArmPixels("red", new WavelengthGrid.Linear(6900, 0.5, 5201))),
      new Optics(35, 9.5e4, 1.65, 14),
      new double[][] {
        {3650, 0.04},
        {4000, 0.10},
        {4600, 0.16},
        {5400, 0.17},
        {6300, 0.21},
        {7000, 0.20},
        {8000, 0.22},
        {8900, 0.18},
        {9550, 0.09}
      });

  /**
   * An arm's pixels, in vacuum.
   *
   * @param name as the survey spells it
   * @param grid wavelengths in Å
   */
  public record ArmPixels(String name, WavelengthGrid grid) {}

  /**
   * @param resolutionKms instrumental σ, km/s
   * @param areaCm2 of the mirror, without what stands in its way
   * @param fibreArcsec2 area of the fibre on the sky
   * @param readVariance of a pixel of the sum of all reads across the trace, electrons²
   */
  private record Optics(
      double resolutionKms, double areaCm2, double fibreArcsec2, double readVariance) {}

  /** Photons per erg times Å: 1/(h·c). */
  private static final double PHOTONS = 1 / 1.98645e-8;

  private static final double FLUX_UNIT = 1e-17;

  /** Share of a point source's light that enters the fibre in usual seeing. */
  private static final double IN_FIBRE = 0.6;

  private final String label;
  private final List<ArmPixels> arms;
  private final Optics optics;
  private final double[][] throughput;

  Spectrograph(String label, List<ArmPixels> arms, Optics optics, double[][] throughput) {
    this.label = label;
    this.arms = arms;
    this.optics = optics;
    this.throughput = throughput;
  }

  /** The survey's name as events spell it. */
  public String label() {
    return label;
  }

  /** Its arms, bluest first. */
  public List<ArmPixels> arms() {
    return arms;
  }

  /** Instrumental σ, km/s. */
  public double resolutionKms() {
    return optics.resolutionKms;
  }

  /** First wavelength that is observed, Å. */
  public double bluest() {
    return arms.get(0).grid().wavelength(0);
  }

  /** Last wavelength that is observed, Å. */
  public double reddest() {
    WavelengthGrid last = arms.get(arms.size() - 1).grid();
    return last.wavelength(last.pixels() - 1);
  }

  /** Share of photons that are counted, fibre losses of the sky apart; 0 outside of the range. */
  double throughput(double wavelength) {
    if (wavelength < throughput[0][0] || wavelength > throughput[throughput.length - 1][0]) {
      return 0;
    }
    int k = 1;
    while (throughput[k][0] < wavelength) {
      k++;
    }
    double share = (wavelength - throughput[k - 1][0]) / (throughput[k][0] - throughput[k - 1][0]);
    return throughput[k - 1][1] + share * (throughput[k][1] - throughput[k - 1][1]);
  }

  /** Electrons that a source of 1e-17 erg/s/cm²/Å gives a pixel in a second. */
  private double electrons(double wavelength, double pixelWidth) {
    return FLUX_UNIT
        * wavelength
        * PHOTONS
        * optics.areaCm2
        * throughput(wavelength)
        * IN_FIBRE
        * pixelWidth;
  }

  /**
   * Variance of a pixel's flux in an exposure, in (1e-17 erg/s/cm²/Å)²; infinite where no light
   * arrives.
   *
   * @param wavelength Å
   * @param pixelWidth Å
   * @param flux of the source, 1e-17 erg/s/cm²/Å
   * @param sky surface brightness, 1e-17 erg/s/cm²/Å/arcsec²
   * @param seconds exposure time
   * @param transparency share of the light that the air lets through, 0 to 1
   */
  double variance(
      double wavelength,
      double pixelWidth,
      double flux,
      double sky,
      double seconds,
      double transparency) {
    double each = electrons(wavelength, pixelWidth) * seconds;
    if (each <= 0) {
      return Double.POSITIVE_INFINITY;
    }
    double source = each * transparency * Math.max(0, flux);
    double background = each / IN_FIBRE * optics.fibreArcsec2 * sky;
    double counted = each * transparency;
    return (source + background + optics.readVariance) / (counted * counted);
  }
}

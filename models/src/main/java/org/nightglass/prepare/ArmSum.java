package org.nightglass.prepare;

import java.util.Arrays;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The arms of one spectrum, added up on the model's grid with inverse-variance weights.
 *
 * <p>An arm comes to the model's grid in one of three ways:
 *
 * <ul>
 *   <li><b>Copied</b>, where its grid is the model's, shifted by a whole number of pixels.
 *   <li><b>Rebinned</b>, where its pixels are at most {@value #COARSE} times as wide as the
 *       model's: a model pixel holds the mean of the flux density over the good pixels that overlap
 *       it, weighted by the width o of the overlap, so that the integral over any stretch of good
 *       pixels is conserved: F = Σ o·f / Σ o, var = Σ o²·σ² / (Σ o)². It has information only where
 *       good pixels cover at least half of it.
 *   <li><b>Interpolated</b> linearly between the centres of neighbouring good pixels, where pixels
 *       are coarser than that; rebinning would give stairs.
 * </ul>
 *
 * The variance is that of each model pixel by itself, so a pixel's pull is right; the correlation
 * between neighbours that share an observed pixel is dropped, so errors of sums over several model
 * pixels come out too small (by up to √2 on grids of like width, by more on coarser ones).
 */
final class ArmSum {
  private static final double COARSE = 1.5;
  private static final double LEAST_COVER = 0.5;

  /** Greatest difference of two grids, in pixels, at which one is a copy of the other. */
  private static final double SAME_GRID = 1e-3;

  private final ModelGrid grid;
  private final double[] edges;
  private final double[] weightedFlux;
  private final double[] weight;

  /**
   * @param grid the model's grid
   * @param edges its {@code pixels + 1} pixel edges; only read
   */
  ArmSum(ModelGrid grid, double[] edges) {
    this.grid = grid;
    this.edges = edges;
    this.weightedFlux = new double[grid.pixels()];
    this.weight = new double[grid.pixels()];
  }

  /** Adds an arm; its bad pixels carry no weight. */
  void add(Arm arm) {
    if (arm.medium() == Medium.VACUUM
        && arm.grid() instanceof WavelengthGrid.Log log
        && isOnModelGrid(log)) {
      copy(arm, (int) Math.round(offset(log)));
    } else {
      resample(arm.flux(), variance(arm), PixelEdges.of(arm));
    }
  }

  /** Variances of an arm's pixels; 0 where there is no information. */
  private static double[] variance(Arm arm) {
    double[] variance = new double[arm.flux().length];
    for (int i = 0; i < variance.length; i++) {
      variance[i] = arm.good(i) ? 1.0 / arm.ivar()[i] : 0;
    }
    return variance;
  }

  /**
   * Flux and ivar of the sum; where nothing was observed ivar is 0 and flux 0, to be filled.
   *
   * @return number of pixels with information
   */
  int write(float[] flux, float[] ivar) {
    int good = 0;
    for (int k = 0; k < flux.length; k++) {
      float sum = (float) Math.min(weight[k], Float.MAX_VALUE);
      if (sum > 0) {
        flux[k] = (float) (weightedFlux[k] / weight[k]);
        ivar[k] = sum;
        good++;
      }
    }
    return good;
  }

  private double offset(WavelengthGrid.Log log) {
    return (log.log10Start() - grid.log10Start()) / grid.log10Step();
  }

  private boolean isOnModelGrid(WavelengthGrid.Log log) {
    double offset = offset(log);
    double drift = (log.log10Step() / grid.log10Step() - 1) * log.pixels();
    return Math.abs(offset - Math.rint(offset)) <= SAME_GRID && Math.abs(drift) <= SAME_GRID;
  }

  private void copy(Arm arm, int offset) {
    int from = Math.max(0, -offset);
    int to = (int) Math.min(arm.flux().length, (long) grid.pixels() - offset);
    for (int i = from; i < to; i++) {
      if (arm.good(i)) {
        double ivar = arm.ivar()[i];
        weightedFlux[i + offset] += ivar * arm.flux()[i];
        weight[i + offset] += ivar;
      }
    }
  }

  private void resample(float[] flux, double[] variance, PixelEdges observed) {
    int pixels = observed.pixels();
    int first = 0;
    for (int k = firstAbove(observed.lower()[0]); k < grid.pixels(); k++) {
      while (first < pixels && observed.upper()[first] <= edges[k]) {
        first++;
      }
      if (first == pixels) {
        return;
      }
      if (observed.width(first) > COARSE * (edges[k + 1] - edges[k])) {
        interpolate(k, first, flux, variance, observed);
      } else {
        rebin(k, first, flux, variance, observed);
      }
    }
  }

  /** The first model pixel that ends above a wavelength. */
  private int firstAbove(double wavelength) {
    int found = Arrays.binarySearch(edges, wavelength);
    return Math.max(0, found >= 0 ? found : -found - 2);
  }

  private void rebin(int k, int first, float[] flux, double[] variance, PixelEdges observed) {
    double[] lower = observed.lower();
    double[] upper = observed.upper();
    double from = edges[k];
    double to = edges[k + 1];
    double cover = 0;
    double sum = 0;
    double squares = 0;
    for (int i = first; i < lower.length && lower[i] < to; i++) {
      if (variance[i] > 0) {
        double overlap = Math.min(to, upper[i]) - Math.max(from, lower[i]);
        cover += overlap;
        sum += overlap * flux[i];
        squares += overlap * overlap * variance[i];
      }
    }
    if (cover >= LEAST_COVER * (to - from)) {
      add(k, sum / cover, squares / (cover * cover));
    }
  }

  private void interpolate(int k, int first, float[] flux, double[] variance, PixelEdges observed) {
    double wavelength = (edges[k] + edges[k + 1]) / 2;
    int at = first;
    while (at < observed.pixels() && observed.upper()[at] <= wavelength) {
      at++;
    }
    if (at == observed.pixels() || observed.lower()[at] > wavelength || !(variance[at] > 0)) {
      return;
    }
    double centre = observed.centre(at);
    int other = wavelength < centre ? at - 1 : at + 1;
    if (!touch(at, other, observed) || !(variance[other] > 0)) {
      add(k, flux[at], variance[at]);
      return;
    }
    double share = (wavelength - centre) / (observed.centre(other) - centre);
    add(
        k,
        (1 - share) * flux[at] + share * flux[other],
        (1 - share) * (1 - share) * variance[at] + share * share * variance[other]);
  }

  private static boolean touch(int at, int other, PixelEdges observed) {
    if (other < 0 || other >= observed.pixels()) {
      return false;
    }
    int left = Math.min(at, other);
    double gap = observed.lower()[left + 1] - observed.upper()[left];
    return gap <= 0.1 * observed.width(at);
  }

  private void add(int k, double flux, double variance) {
    double ivar = 1 / variance;
    weightedFlux[k] += ivar * flux;
    weight[k] += ivar;
  }
}

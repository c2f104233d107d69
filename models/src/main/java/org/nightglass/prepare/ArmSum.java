package org.nightglass.prepare;

import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The arms of one spectrum, added up on the model's grid with inverse-variance weights.
 *
 * <p>An arm is <b>copied</b> where its grid is the model's, shifted by a whole number of pixels,
 * and otherwise rebinned or interpolated: see {@link Resampling}.
 *
 * <p>The variance is that of each model pixel by itself, so a pixel's pull is right; the
 * correlation between neighbours that share an observed pixel is dropped, so errors of sums over
 * several model pixels come out too small (by up to √2 on grids of like width, by more on coarser
 * ones).
 */
final class ArmSum {
  /** Greatest difference of two grids, in pixels, at which one is a copy of the other. */
  private static final double SAME_GRID = 1e-3;

  private final ModelGrid grid;
  private final Resamplings resamplings;
  private final double[] weightedFlux;
  private final double[] weight;

  /**
   * @param grid the model's grid
   * @param resamplings onto it
   */
  ArmSum(ModelGrid grid, Resamplings resamplings) {
    this.grid = grid;
    this.resamplings = resamplings;
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
      resamplings.of(arm).apply(arm.flux(), variance(arm), this::add);
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

  private void add(int k, double flux, double variance) {
    double ivar = 1 / variance;
    weightedFlux[k] += ivar * flux;
    weight[k] += ivar;
  }
}

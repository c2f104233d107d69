package org.nightglass.prepare;

import java.util.Arrays;

/**
 * How the pixels of one observed grid make up the model's: which of them, and with what weights.
 *
 * <p>A model pixel is
 *
 * <ul>
 *   <li><b>rebinned</b>, where observed pixels are at most {@value #COARSE} times as wide: it holds
 *       the mean of the flux density over the good pixels that overlap it, weighted by the width o
 *       of the overlap, so that the integral over any stretch of good pixels is conserved: F = Σ
 *       o·f / Σ o, var = Σ o²·σ² / (Σ o)². It has information only where good pixels cover at least
 *       half of it.
 *   <li><b>interpolated</b> linearly between the centres of neighbouring good pixels, where pixels
 *       are coarser than that; rebinning would give stairs.
 * </ul>
 *
 * <p>Immutable; safe for use by several threads.
 */
final class Resampling {
  private static final double COARSE = 1.5;
  private static final double LEAST_COVER = 0.5;

  /** Instead of a neighbour: the pixel is rebinned. */
  private static final int REBINNED = -2;

  /** Instead of a neighbour: there is none to interpolate with. */
  private static final int ALONE = -1;

  /** Takes what comes of each model pixel that has information. */
  interface Sink {
    /**
     * @param pixel of the model's grid
     * @param flux mean flux density
     * @param variance of {@code flux}
     */
    void add(int pixel, double flux, double variance);
  }

  /** By model pixel: the observed pixel that its first weight is of. */
  private final int[] first;

  /** By model pixel: the observed pixel on the other side of its centre, or one of the above. */
  private final int[] neighbour;

  /** By model pixel, and one more: where its weights begin. */
  private final int[] begin;

  /** Widths of overlaps in Å; of an interpolated pixel its neighbour's share. */
  private final double[] weights;

  /** By model pixel: what good pixels have to cover of it, Å. */
  private final double[] leastCover;

  private Resampling(int[] first, int[] neighbour, int[] begin, double[] weights, double[] edges) {
    this.first = first;
    this.neighbour = neighbour;
    this.begin = begin;
    this.weights = weights;
    this.leastCover = new double[first.length];
    for (int k = 0; k < leastCover.length; k++) {
      leastCover[k] = LEAST_COVER * (edges[k + 1] - edges[k]);
    }
  }

  /**
   * @param edges of the model's pixels, one more than there are, rising, Å
   * @param observed pixels, in order
   */
  static Resampling of(double[] edges, PixelEdges observed) {
    int pixels = edges.length - 1;
    int[] first = new int[pixels];
    int[] neighbour = new int[pixels];
    int[] begin = new int[pixels + 1];
    // Each of either grid's pixels ends at most one overlap; an interpolated one has one weight.
    double[] weights = new double[2 * pixels + observed.pixels()];
    Arrays.fill(neighbour, REBINNED);
    int at = 0;
    int count = 0;
    for (int k = 0; k < pixels; k++) {
      begin[k] = count;
      while (at < observed.pixels() && observed.upper()[at] <= edges[k]) {
        at++;
      }
      if (at < observed.pixels() && observed.lower()[at] < edges[k + 1]) {
        if (observed.width(at) > COARSE * (edges[k + 1] - edges[k])) {
          double wavelength = (edges[k] + edges[k + 1]) / 2;
          int nearest = holding(wavelength, at, observed);
          if (nearest >= 0) {
            first[k] = nearest;
            neighbour[k] = neighbour(wavelength, nearest, observed);
            weights[count++] = share(wavelength, nearest, neighbour[k], observed);
          }
        } else {
          first[k] = at;
          count = overlaps(edges[k], edges[k + 1], at, observed, weights, count);
        }
      }
    }
    begin[pixels] = count;
    return new Resampling(first, neighbour, begin, Arrays.copyOf(weights, count), edges);
  }

  /**
   * Appends the widths of the overlaps of the pixels from {@code first} on with a model pixel.
   *
   * @return how many weights there are now
   */
  private static int overlaps(
      double from, double to, int first, PixelEdges observed, double[] weights, int count) {
    int end = count;
    for (int i = first; i < observed.pixels() && observed.lower()[i] < to; i++) {
      weights[end++] = Math.min(to, observed.upper()[i]) - Math.max(from, observed.lower()[i]);
    }
    return end;
  }

  /** The observed pixel, from {@code first} on, that holds a wavelength; -1 if none does. */
  private static int holding(double wavelength, int first, PixelEdges observed) {
    int at = first;
    while (at < observed.pixels() && observed.upper()[at] <= wavelength) {
      at++;
    }
    return at < observed.pixels() && observed.lower()[at] <= wavelength ? at : -1;
  }

  private static int neighbour(double wavelength, int pixel, PixelEdges observed) {
    int other = wavelength < observed.centre(pixel) ? pixel - 1 : pixel + 1;
    return touch(pixel, other, observed) ? other : ALONE;
  }

  private static boolean touch(int at, int other, PixelEdges observed) {
    if (other < 0 || other >= observed.pixels()) {
      return false;
    }
    int left = Math.min(at, other);
    double gap = observed.lower()[left + 1] - observed.upper()[left];
    return gap <= 0.1 * observed.width(at);
  }

  private static double share(double wavelength, int pixel, int other, PixelEdges observed) {
    double centre = observed.centre(pixel);
    return other == ALONE ? 0 : (wavelength - centre) / (observed.centre(other) - centre);
  }

  /**
   * Resamples an arm.
   *
   * @param flux of the observed pixels
   * @param variance of the same; 0 where there is no information
   */
  void apply(float[] flux, double[] variance, Sink sink) {
    for (int k = 0; k < first.length; k++) {
      if (begin[k] == begin[k + 1]) {
        continue; // beyond the arm, or in a gap of its grid
      }
      if (neighbour[k] == REBINNED) {
        rebin(k, flux, variance, sink);
      } else {
        interpolate(k, flux, variance, sink);
      }
    }
  }

  private void rebin(int k, float[] flux, double[] variance, Sink sink) {
    double cover = 0;
    double sum = 0;
    double squares = 0;
    int i = first[k];
    for (int w = begin[k]; w < begin[k + 1]; w++, i++) {
      if (variance[i] > 0) {
        double overlap = weights[w];
        cover += overlap;
        sum += overlap * flux[i];
        squares += overlap * overlap * variance[i];
      }
    }
    if (cover >= leastCover[k]) {
      sink.add(k, sum / cover, squares / (cover * cover));
    }
  }

  private void interpolate(int k, float[] flux, double[] variance, Sink sink) {
    int at = first[k];
    int other = neighbour[k];
    if (!(variance[at] > 0)) {
      return;
    }
    if (other == ALONE || !(variance[other] > 0)) {
      sink.add(k, flux[at], variance[at]);
      return;
    }
    double share = weights[begin[k]];
    sink.add(
        k,
        (1 - share) * flux[at] + share * flux[other],
        (1 - share) * (1 - share) * variance[at] + share * share * variance[other]);
  }
}

package org.nightglass.infer;

/** Finds peaks of a distribution over bins and measures them. */
final class Peaks {
  /** Half-width of a peak in bins. */
  static final int HALF_WIDTH = 6;

  private static final int SEARCH = 2;
  private static final int APART = 12;

  private Peaks() {}

  /** The bin with most probability within ±2, not within ±12 of a bin; -1 if none is left. */
  static int find(double[] p, int not) {
    int best = -1;
    double bestMass = -1;
    for (int b = 0; b < p.length; b++) {
      if (not >= 0 && Math.abs(b - not) <= APART) {
        continue;
      }
      // The five bins written out: the search over all bins is most of the decoder's time.
      double mass =
          b >= SEARCH && b + SEARCH < p.length
              ? p[b - 2] + p[b - 1] + p[b] + p[b + 1] + p[b + 2]
              : mass(p, b, SEARCH);
      if (mass > bestMass || (mass == bestMass && p[b] > p[best])) {
        best = b;
        bestMass = mass;
      }
    }
    return best;
  }

  static double mass(double[] p, int centre, int half) {
    double mass = 0;
    for (int b = from(centre, half); b <= to(p, centre, half); b++) {
      mass += p[b];
    }
    return mass;
  }

  static double centroid(double[] p, int centre) {
    double sum = 0;
    double mass = 0;
    for (int b = from(centre, HALF_WIDTH); b <= to(p, centre, HALF_WIDTH); b++) {
      sum += p[b] * b;
      mass += p[b];
    }
    return sum / mass;
  }

  static double variance(double[] p, int centre, double about) {
    double sum = 0;
    double mass = 0;
    for (int b = from(centre, HALF_WIDTH); b <= to(p, centre, HALF_WIDTH); b++) {
      sum += p[b] * (b - about) * (b - about);
      mass += p[b];
    }
    return sum / mass;
  }

  private static int from(int centre, int half) {
    return Math.max(0, centre - half);
  }

  private static int to(double[] p, int centre, int half) {
    return Math.min(p.length - 1, centre + half);
  }
}

package org.nightglass.prepare;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The {@link Resampling}s onto one model's grid that were lately used: a survey's spectra share a
 * few grids, and to work out what overlaps takes as long as to add it up.
 *
 * <p>Safe for use by several threads.
 */
final class Resamplings {
  /** Where every spectrum has a grid of its own nothing is gained; then this bounds the memory. */
  private static final int MOST = 32;

  /**
   * A grid by what it says, also where its wavelengths are given one by one.
   *
   * @param hash of all of it
   */
  private record Key(WavelengthGrid grid, Medium medium, int hash) {
    static Key of(Arm arm) {
      WavelengthGrid grid = arm.grid();
      int hash =
          grid instanceof WavelengthGrid.Explicit explicit
              ? Arrays.hashCode(explicit.wavelengths())
              : grid.hashCode();
      return new Key(grid, arm.medium(), hash);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && hash == key.hash && medium == key.medium && same(key.grid);
    }

    private boolean same(WavelengthGrid other) {
      return grid instanceof WavelengthGrid.Explicit own
              && other instanceof WavelengthGrid.Explicit its
          ? Arrays.equals(own.wavelengths(), its.wavelengths())
          : grid.equals(other);
    }

    @Override
    public int hashCode() {
      return hash;
    }
  }

  private final double[] edges;
  private final Map<Key, Resampling> lately =
      new LinkedHashMap<>(MOST, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Resampling> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param edges of the model's pixels, one more than there are; only read
   */
  Resamplings(double[] edges) {
    this.edges = edges;
  }

  Resampling of(Arm arm) {
    Key key = Key.of(arm);
    synchronized (lately) {
      Resampling known = lately.get(key);
      if (known != null) {
        return known;
      }
    }
    Resampling made = Resampling.of(edges, PixelEdges.of(arm));
    synchronized (lately) {
      lately.put(key, made);
    }
    return made;
  }
}

package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Lines of real objects as GaSNet-III's files hold them: eigenspectra without continuum, and each
 * object's coefficients and redshift.
 *
 * <p>An object's coefficients are known only from what its own redshift let be seen, so it is drawn
 * at redshifts near its own.
 */
final class ObservedEigenspectra {
  private static final String VECTORS = "EIGENSPECTRA";
  private static final List<String> TABLES = List.of("COEFFICIENTS1", "COEFFICIENTS2");

  /** Greatest distance from an object's own redshift in log10(1+z). */
  private static final double REACH = 0.03;

  private final RestBasis basis;
  private final double[] logZ;
  private final double[][] coefficients;

  private ObservedEigenspectra(RestBasis basis, double[] logZ, double[][] coefficients) {
    this.basis = basis;
    this.logZ = logZ;
    this.coefficients = coefficients;
  }

  /**
   * @throws TemplateException if the layout is another
   */
  static ObservedEigenspectra read(Path path) {
    TemplateFile file = TemplateFile.read(path);
    double[][] vectors = file.image(VECTORS);
    record Entry(double logZ, double[] coefficients) {}
    List<Entry> entries = new ArrayList<>();
    for (String table : TABLES) {
      if (!file.has(table) && !table.equals(TABLES.get(0))) {
        continue;
      }
      double[] z = file.column(table, "Z");
      double[][] columns = new double[vectors.length][];
      for (int k = 0; k < vectors.length; k++) {
        columns[k] = file.column(table, "C" + k);
      }
      for (int i = 0; i < z.length; i++) {
        int row = i;
        double[] own = Arrays.stream(columns).mapToDouble(column -> column[row]).toArray();
        if (z[i] > -0.01 && z[i] < 7 && Arrays.stream(own).allMatch(Double::isFinite)) {
          entries.add(new Entry(Math.log10(1 + z[i]), own));
        }
      }
    }
    if (entries.isEmpty()) {
      throw new TemplateException(path + ", HDU " + TABLES.get(0) + ": no object with a redshift");
    }
    entries.sort(Comparator.comparingDouble(Entry::logZ));
    return new ObservedEigenspectra(
        RestBasis.of(file.scale(VECTORS, true), vectors),
        entries.stream().mapToDouble(Entry::logZ).toArray(),
        entries.stream().map(Entry::coefficients).toArray(double[][]::new));
  }

  /** Whether some object lies near enough to be drawn at this redshift. */
  boolean reaches(double z) {
    double log = Math.log10(1 + z);
    return first(log + REACH) > first(log - REACH);
  }

  /** Adds a random object's lines, in units of its continuum, times {@code strength}. */
  void add(
      double z, double strength, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double log = Math.log10(1 + z);
    int from = first(log - REACH);
    int to = first(log + REACH);
    double[] drawn = coefficients[from + random.nextInt(to - from)].clone();
    for (int k = 0; k < drawn.length; k++) {
      drawn[k] *= strength;
    }
    basis.add(drawn, z, grid, flux);
  }

  /** Index of the first object at or above. */
  private int first(double log) {
    int found = Arrays.binarySearch(logZ, log);
    return found < 0 ? -found - 1 : found;
  }
}

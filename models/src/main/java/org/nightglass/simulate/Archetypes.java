package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Physical spectra as redrock's template files hold them: basis vectors, and the coefficients of
 * many objects on them.
 */
final class Archetypes {
  private static final String VECTORS = "BASIS_VECTORS";
  private static final String COEFFICIENTS = "ARCHETYPE_COEFF";

  private final RestBasis basis;
  private final double[][] coefficients;
  private final double mixing;

  private Archetypes(RestBasis basis, double[][] coefficients, double mixing) {
    this.basis = basis;
    this.coefficients = coefficients;
    this.mixing = mixing;
  }

  /**
   * Reads a file of redrock's layout.
   *
   * @param mixing how often a draw is a mixture of two objects
   * @throws TemplateException if the layout is another
   */
  static Archetypes read(Path path, double mixing) {
    TemplateFile file = TemplateFile.read(path);
    double[][] vectors = file.image(VECTORS);
    double[][] coefficients = file.image(COEFFICIENTS);
    if (coefficients[0].length != vectors.length) {
      throw new TemplateException(
          "%s, HDU %s: keyword NAXIS1 = %d, but HDU %s holds %d vectors"
              .formatted(path, COEFFICIENTS, coefficients[0].length, VECTORS, vectors.length));
    }
    return new Archetypes(RestBasis.of(file.scale(VECTORS, false), vectors), coefficients, mixing);
  }

  /**
   * Writes an object's spectrum, or its mixture with another's; see {@link SourceLibrary#write}.
   *
   * @param object index of the object
   * @param other index of the one that it may be mixed with
   */
  void write(
      int object,
      int other,
      double z,
      RandomGenerator random,
      WavelengthGrid.Log grid,
      double[] flux) {
    double[] drawn = coefficients[object].clone();
    if (random.nextDouble() < mixing) {
      double share = random.nextDouble();
      for (int k = 0; k < drawn.length; k++) {
        drawn[k] += share * (coefficients[other][k] - drawn[k]);
      }
    }
    Arrays.fill(flux, 0);
    basis.add(drawn, z, grid, flux);
  }

  /** Number of objects. */
  int size() {
    return coefficients.length;
  }
}

package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Sums of a pipeline's eigenspectra as SDSS publishes them ({@code spEigenGal-*}, {@code
 * spEigenCVstar-*}). Their coefficients are not published, but the eigenvalues are, the sums of
 * their squares: the first vector stands at 1, the others are normal with the ratio's root as
 * standard deviation.
 */
final class Eigenspectra implements SourceLibrary {
  private static final String VECTORS = "PRIMARY";

  /** In standard deviations: beyond it a sum is no spectrum any more. */
  private static final double MOST = 2;

  private final String type;
  private final RestBasis basis;
  private final double[] deviations;
  private final double first;
  private final double last;

  private Eigenspectra(
      String type, RestBasis basis, double[] deviations, double first, double last) {
    this.type = type;
    this.basis = basis;
    this.deviations = deviations;
    this.first = first;
    this.last = last;
  }

  /**
   * @param type what the sources are called if they are stars; else empty
   * @throws TemplateException if the layout is another
   */
  static Eigenspectra read(Path path, String type) {
    TemplateFile file = TemplateFile.read(path);
    double[][] vectors = file.image(VECTORS);
    TemplateFile.PixelScale scale = file.scale(VECTORS, true);
    double[] deviations = new double[vectors.length];
    double greatest = eigenvalue(path, file, 0);
    for (int k = 1; k < vectors.length; k++) {
      deviations[k] = Math.sqrt(eigenvalue(path, file, k) / greatest);
    }
    double sign = Arrays.stream(vectors[0]).sum() < 0 ? -1 : 1;
    for (int i = 0; i < vectors[0].length; i++) {
      vectors[0][i] *= sign;
    }
    return new Eigenspectra(
        type,
        RestBasis.of(scale, vectors),
        deviations,
        Math.pow(10, scale.first()),
        Math.pow(10, scale.first() + scale.step() * (vectors[0].length - 1)));
  }

  private static double eigenvalue(Path path, TemplateFile file, int vector) {
    double value = file.number(VECTORS, "EIGEN" + vector);
    if (!(value > 0)) {
      throw new TemplateException(
          "%s, HDU %s: keyword EIGEN%d = %s must be positive"
              .formatted(path, VECTORS, vector, value));
    }
    return value;
  }

  /** The shortest wavelength at rest, Å. */
  double first() {
    return first;
  }

  /** The longest wavelength at rest, Å. */
  double last() {
    return last;
  }

  @Override
  public String write(
      SourceKind kind, double z, RandomGenerator random, WavelengthGrid.Log grid, double[] flux) {
    double[] coefficients = new double[deviations.length];
    coefficients[0] = 1;
    for (int k = 1; k < coefficients.length; k++) {
      coefficients[k] = deviations[k] * Draw.truncatedNormal(random, 0, 1, -MOST, MOST);
    }
    Arrays.fill(flux, 0);
    basis.add(coefficients, z, grid, flux);
    for (int i = 0; i < flux.length; i++) {
      flux[i] = Math.max(0, flux[i]);
    }
    return type;
  }
}

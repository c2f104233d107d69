package org.nightglass.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How good redshifts are, with dz = (z − true z)/(1 + true z).
 *
 * @param estimated spectra that have a redshift, true and estimated: what the rest is about
 * @param nmad 1.4826 · median |dz − median dz|
 * @param bias median dz
 * @param meanAbsolute mean |dz|
 * @param outliers shares of |dz| above each of {@link #LIMITS}
 * @param pullWidth NMAD of the pulls (z − true z)/z_err; 1 where errors are right
 * @param within1Sigma share of |pull| ≤ 1; 68.3 % where errors are right and Gaussian
 * @param within2Sigma share of |pull| ≤ 2; 95.4 % likewise
 */
public record RedshiftScore(
    int estimated,
    @Nullable Double nmad,
    @Nullable Double bias,
    @Nullable Double meanAbsolute,
    List<Outliers> outliers,
    @Nullable Double pullWidth,
    Ratio within1Sigma,
    Ratio within2Sigma) {

  /** About 1000 km/s for galaxies, DESI's 3000 km/s for quasars, GaSNet's catastrophic. */
  public static final List<Double> LIMITS = List.of(0.003, 0.01, 0.15);

  /**
   * @param limit of |dz|
   * @param share above it
   */
  public record Outliers(double limit, Ratio share) {}

  static RedshiftScore of(List<Scored> spectra) {
    double[] dz = values(spectra, Scored::dz);
    double[] pulls = values(spectra, Scored::pull);
    return new RedshiftScore(
        dz.length,
        Robust.nmad(dz),
        Robust.median(dz),
        Robust.mean(Arrays.stream(dz).map(Math::abs).toArray()),
        LIMITS.stream()
            .map(limit -> new Outliers(limit, Ratio.of(above(dz, limit), dz.length)))
            .toList(),
        Robust.nmad(pulls),
        Ratio.of(pulls.length - above(pulls, 1), pulls.length),
        Ratio.of(pulls.length - above(pulls, 2), pulls.length));
  }

  static double[] values(List<Scored> spectra, Function<Scored, @Nullable Double> value) {
    return spectra.stream()
        .map(value)
        .filter(Objects::nonNull)
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static long above(double[] values, double limit) {
    return Arrays.stream(values).filter(v -> Math.abs(v) > limit).count();
  }
}

package org.nightglass.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How the spectra of a class look.
 *
 * @param label true class
 * @param spectra how many
 * @param snr median signal-to-noise ratio a pixel
 * @param noise see {@link Appearance}
 * @param coverage see {@link Appearance}
 * @param reddening see {@link Appearance}
 */
public record Appearances(
    String label,
    int spectra,
    @Nullable Spread snr,
    @Nullable Spread noise,
    @Nullable Spread coverage,
    @Nullable Spread reddening) {

  /**
   * What 16, 50 and 84 % of the values lie below.
   *
   * @param low 16 %
   * @param median 50 %
   * @param high 84 %
   */
  public record Spread(double low, double median, double high) {
    /** Null of nothing. */
    static @Nullable Spread of(double[] values) {
      if (values.length == 0) {
        return null;
      }
      double[] sorted = values.clone();
      Arrays.sort(sorted);
      return new Spread(at(sorted, 0.16), at(sorted, 0.5), at(sorted, 0.84));
    }

    private static double at(double[] sorted, double share) {
      return sorted[(int) Math.min(sorted.length - 1.0, Math.floor(share * sorted.length))];
    }
  }

  static Appearances of(String label, List<Scored> spectra) {
    List<Appearance> own =
        spectra.stream().map(Scored::appearance).filter(Objects::nonNull).toList();
    return new Appearances(
        label,
        spectra.size(),
        Spread.of(RedshiftScore.values(spectra, Scored::snr)),
        spread(own, Appearance::noise),
        spread(own, Appearance::coverage),
        spread(own, Appearance::reddening));
  }

  private static @Nullable Spread spread(
      List<Appearance> of, Function<Appearance, @Nullable Double> value) {
    return Spread.of(
        of.stream().map(value).filter(Objects::nonNull).mapToDouble(Double::doubleValue).toArray());
  }
}

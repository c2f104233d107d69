package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Purity against completeness of redshifts as the threshold on {@link Scored#confidence()} moves.
 *
 * @param label predicted class, or {@link Score#ALL}
 * @param points by rising threshold, those that accept something
 * @param asDecided where what was accepted in fact lies; null where nothing was
 */
public record AcceptanceCurve(String label, List<Point> points, @Nullable Decided asDecided) {

  /**
   * @param threshold least confidence of what is accepted
   * @param purity accepted with family and redshift right, of all accepted as this class, empty sky
   *     and stars among them
   * @param completeness accepted with family and redshift right, of all true spectra of this class
   */
  public record Point(double threshold, Ratio purity, Ratio completeness) {}

  /**
   * What {@link Scored#accepted()} lets through.
   *
   * @param purity as of a {@link Point}
   * @param completeness as of a {@link Point}
   */
  public record Decided(Ratio purity, Ratio completeness) {}

  private static final double[] THRESHOLDS =
      DoubleStream.concat(
              IntStream.range(0, 49).mapToDouble(i -> i / 50.0),
              DoubleStream.of(0.97, 0.98, 0.985, 0.99, 0.995, 0.998, 0.999))
          .toArray();

  /**
   * @param label of the curve
   * @param family of the predicted and true classes that it is about; null = all
   */
  static AcceptanceCurve of(
      String label, @Nullable String family, List<Scored> spectra, Labels labels) {
    long wanted =
        spectra.stream()
            .filter(s -> s.trueZ() != null && labels.hasRedshift(s.label()))
            .filter(s -> family == null || Labels.family(s.label()).equals(family))
            .count();
    List<Scored> claimed =
        spectra.stream()
            .filter(s -> s.confidence() != null)
            .filter(s -> family == null || family.equals(familySaid(s)))
            .sorted(Comparator.comparingDouble(AcceptanceCurve::confidence))
            .toList();
    int[] rightFrom = new int[claimed.size() + 1];
    for (int i = claimed.size() - 1; i >= 0; i--) {
      rightFrom[i] = rightFrom[i + 1] + (isRight(claimed.get(i), labels) ? 1 : 0);
    }
    List<Point> points = new ArrayList<>();
    int first = 0;
    for (double threshold : THRESHOLDS) {
      while (first < claimed.size() && confidence(claimed.get(first)) < threshold) {
        first++;
      }
      int accepted = claimed.size() - first;
      if (accepted > 0) {
        points.add(
            new Point(
                threshold,
                Ratio.of(rightFrom[first], accepted),
                Ratio.of(rightFrom[first], wanted)));
      }
    }
    return new AcceptanceCurve(label, List.copyOf(points), decided(claimed, wanted, labels));
  }

  private static @Nullable Decided decided(List<Scored> claimed, long wanted, Labels labels) {
    List<Scored> accepted =
        claimed.stream().filter(s -> Objects.equals(s.accepted(), true)).toList();
    long right = accepted.stream().filter(s -> isRight(s, labels)).count();
    return accepted.isEmpty()
        ? null
        : new Decided(Ratio.of(right, accepted.size()), Ratio.of(right, wanted));
  }

  private static boolean isRight(Scored scored, Labels labels) {
    return labels.hasRedshift(scored.label()) && Labels.redshiftRight(scored);
  }

  private static double confidence(Scored scored) {
    Double confidence = scored.confidence();
    return confidence == null ? -1 : confidence;
  }

  private static @Nullable String familySaid(Scored scored) {
    String said = scored.said();
    return said == null ? null : Labels.family(said);
  }
}

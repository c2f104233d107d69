package org.nightglass.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Good redshifts against open-shutter time, exposure by exposure.
 *
 * @param targets of the survey
 * @param points one for each exposure, in order
 */
public record Curve(int targets, List<Point> points) {
  public Curve {
    points = List.copyOf(points);
  }

  /**
   * After an exposure.
   *
   * @param openSeconds the shutter was open so far
   * @param good unique targets with a good redshift so far
   * @param right those of them whose class and redshift are true
   */
  public record Point(double openSeconds, int good, int right) {}

  /** Redshift completeness at the end, 0 to 1. */
  public double completeness() {
    return points.isEmpty() ? 0 : last().good() / (double) targets;
  }

  /** Open-shutter time in all, in seconds. */
  public double openSeconds() {
    return points.isEmpty() ? 0 : last().openSeconds();
  }

  /** Share of the good redshifts that are right; null where there are none. */
  public @Nullable Double purity() {
    return points.isEmpty() || last().good() == 0
        ? null
        : (Double) (last().right() / (double) last().good());
  }

  private Point last() {
    return points.get(points.size() - 1);
  }

  /**
   * Open-shutter time after which a completeness is reached, between exposures in proportion.
   *
   * @param completeness 0 to 1
   * @return seconds; null where it is not reached
   */
  public @Nullable Double secondsTo(double completeness) {
    double wanted = completeness * targets;
    Point before = new Point(0, 0, 0);
    for (Point point : points) {
      if (point.good() >= wanted) {
        double rise = point.good() - before.good();
        double share = rise > 0 ? (wanted - before.good()) / rise : 0;
        return before.openSeconds()
            + Math.max(0, share) * (point.openSeconds() - before.openSeconds());
      }
      before = point;
    }
    return null;
  }
}

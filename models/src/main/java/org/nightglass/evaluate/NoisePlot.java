package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.SvgPlot.Point;

/** Measured over stated noise against S/N, a dot a spectrum. */
final class NoisePlot {
  private static final double LEAST_SNR = 0.1;
  private static final double MOST_SNR = 100;
  private static final double MOST_NOISE = 2;

  private NoisePlot() {}

  /** Null where no spectrum was looked at. */
  static @Nullable String svg(List<Appearances> appearances, List<Scored> scored, Palette palette) {
    if (appearances.isEmpty()) {
      return null;
    }
    SvgPlot plot =
        new SvgPlot(
            "noise",
            "Noise beside the stated one",
            appearances.stream().map(NoisePlot::words).collect(Collectors.joining(" ")),
            Axis.logarithmic("S/N, median a pixel", LEAST_SNR, MOST_SNR),
            Axis.linear("noise over stated noise", 0, MOST_NOISE));
    plot.guide(List.of(new Point(LEAST_SNR, 1), new Point(MOST_SNR, 1)));
    for (Appearances look : appearances) {
      List<Point> points = new ArrayList<>();
      for (Scored s : scored) {
        Appearance own = s.appearance();
        Double snr = s.snr();
        if (own != null && snr != null && s.label().equals(look.label())) {
          points.add(new Point(snr, own.noise()));
        }
      }
      plot.dots(look.label(), palette.colour(look.label()), 3, 0.6, points);
    }
    return plot.svg();
  }

  private static String words(Appearances look) {
    return "%s: median S/N %s, noise %s of the stated."
        .formatted(look.label(), middle("%.1f", look.snr()), middle("%.2f", look.noise()));
  }

  private static String middle(String format, Appearances.@Nullable Spread spread) {
    return spread == null ? "–" : format.formatted(spread.median());
  }
}

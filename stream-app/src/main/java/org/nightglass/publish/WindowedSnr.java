package org.nightglass.publish;

import java.util.Arrays;
import java.util.List;
import org.nightglass.avro.WindowSnr;
import org.nightglass.policy.Policies;
import org.nightglass.policy.SnrWindow;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * S/N in the windows of wavelength that a programme's rules ask about, per pixel of the model's
 * grid. A window's part outside the grid holds no pixel.
 */
public final class WindowedSnr {
  private final Policies policies;
  private final ModelGrid grid;

  public WindowedSnr(Policies policies, ModelGrid grid) {
    this.policies = policies;
    this.grid = grid;
  }

  /** Mean and median in each window of the spectrum's programme; none where no rule asks. */
  public List<WindowSnr> measure(PreparedSpectrum spectrum) {
    return policies.of(spectrum.observation().programme()).windows().stream()
        .map(window -> measure(spectrum, window))
        .toList();
  }

  private WindowSnr measure(PreparedSpectrum spectrum, SnrWindow window) {
    int first = Math.max(0, (int) Math.ceil(pixel(window.fromAngstrom())));
    int last = Math.min(grid.pixels() - 1, (int) Math.floor(pixel(window.toAngstrom())));
    double[] ratios = new double[Math.max(0, last - first + 1)];
    int good = 0;
    double sum = 0;
    for (int i = first; i <= last; i++) {
      double ratio = spectrum.flux()[i] * Math.sqrt(spectrum.ivar()[i]);
      if (spectrum.ivar()[i] > 0 && Double.isFinite(ratio)) {
        ratios[good++] = ratio;
        sum += ratio;
      }
    }
    return good == 0
        ? new WindowSnr(window.fromAngstrom(), window.toAngstrom(), null, null)
        : new WindowSnr(
            window.fromAngstrom(), window.toAngstrom(), sum / good, median(ratios, good));
  }

  private double pixel(double angstrom) {
    return (Math.log10(angstrom) - grid.log10Start()) / grid.log10Step();
  }

  private static double median(double[] values, int count) {
    Arrays.sort(values, 0, count);
    return (values[(count - 1) / 2] + values[count / 2]) / 2;
  }
}

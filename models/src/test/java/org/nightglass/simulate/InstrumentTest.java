package org.nightglass.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nightglass.spectrum.WavelengthGrid;

class InstrumentTest {
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.58, 1e-4, 4100);
  private static final int DRAWS = 400;

  /** Two exposures in five keep a trace of oxygen's A band, too much or too little taken out. */
  @Test
  void shouldLeaveTracesOfTheAirInSomeExposures() {
    Instrument instrument = new Instrument(GRID);
    int deep = 0;
    int high = 0;
    int elsewhere = 0;
    for (int i = 0; i < DRAWS; i++) {
      double[] flat = new double[GRID.pixels()];
      Arrays.fill(flat, 1);
      double[] seen = instrument.observe(flat, 20, Seeds.generator(11, i)).noiseFree();
      double band = beside(seen, 7625);
      deep += band < 0.96 ? 1 : 0;
      high += band > 1.04 ? 1 : 0;
      elsewhere += Math.abs(beside(seen, 6200) - 1) > 0.04 ? 1 : 0;
    }
    assertThat(deep / (double) DRAWS).isBetween(0.06, 0.2);
    assertThat(high / (double) DRAWS).isBetween(0.06, 0.2);
    assertThat(elsewhere / (double) DRAWS).as("of wiggles alone").isLessThan(0.04);
  }

  /** Flux at a wavelength over that 125 Å to either side. */
  private static double beside(double[] flux, double wavelength) {
    return 2 * at(flux, wavelength) / (at(flux, wavelength - 125) + at(flux, wavelength + 125));
  }

  private static double at(double[] flux, double wavelength) {
    return flux[(int) Math.round((Math.log10(wavelength) - 3.58) / 1e-4)];
  }
}

package org.nightglass.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nightglass.prepare.TestSpectra.NOW;
import static org.nightglass.prepare.TestSpectra.explicit;
import static org.nightglass.prepare.TestSpectra.spectrum;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/** What was worked out for one grid serves that grid, and no other that looks like it. */
class ResamplingsTest {
  private static final ModelGrid GRID = ModelGrid.SDSS_3600;
  private static final int PIXELS = 3000;

  /** More than are kept, many of them alike. */
  private static List<Arm> arms() {
    Random random = new Random(5);
    List<Arm> arms = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      WavelengthGrid.Linear linear = new WavelengthGrid.Linear(4000 + i / 8.0, 1, PIXELS);
      WavelengthGrid.Explicit bent = (WavelengthGrid.Explicit) explicit(linear);
      bent.wavelengths()[1500] += 0.25;
      for (WavelengthGrid grid : List.of(linear, explicit(linear), bent)) {
        arms.add(arm(grid, Medium.VACUUM, random));
        arms.add(arm(grid, Medium.AIR, random));
      }
    }
    return arms;
  }

  private static Arm arm(WavelengthGrid grid, Medium medium, Random random) {
    float[] flux = new float[PIXELS];
    float[] ivar = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      flux[i] = (float) random.nextGaussian();
      ivar[i] = random.nextInt(10) == 0 ? 0 : 1 + random.nextFloat();
    }
    return new Arm("b", grid, medium, flux, ivar, null);
  }

  @Test
  void shouldPrepareASpectrumAsIfItWereTheFirstOfItsGrid() {
    Preparer used = new Preparer(GRID, SpectrumLimits.DEFAULT);
    List<Arm> arms = arms();
    for (int round = 0; round < 2; round++) {
      for (Arm arm : arms) {
        ObservedSpectrum observed = spectrum(arm);
        PreparedSpectrum once = new Preparer(GRID, SpectrumLimits.DEFAULT).prepare(observed, NOW);
        PreparedSpectrum again = used.prepare(observed, NOW);
        assertThat(again.flux())
            .as("flux on %s in %s", arm.grid(), arm.medium())
            .isEqualTo(once.flux());
        assertThat(again.ivar()).isEqualTo(once.ivar());
      }
    }
  }

  @Test
  void shouldWorkAGridOutOnce() {
    Resamplings resamplings =
        new Resamplings(PixelEdges.logEdges(GRID.log10Start(), GRID.log10Step(), GRID.pixels()));
    Random random = new Random(6);
    WavelengthGrid.Linear linear = new WavelengthGrid.Linear(4000, 1, PIXELS);
    Resampling first = resamplings.of(arm(linear, Medium.VACUUM, random));
    assertThat(
            resamplings.of(arm(new WavelengthGrid.Linear(4000, 1, PIXELS), Medium.VACUUM, random)))
        .isSameAs(first);
    Resampling listed = resamplings.of(arm(explicit(linear), Medium.VACUUM, random));
    assertThat(resamplings.of(arm(explicit(linear), Medium.VACUUM, random))).isSameAs(listed);
  }
}

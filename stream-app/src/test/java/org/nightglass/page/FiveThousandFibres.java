package org.nightglass.page;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * A night of a survey whose fibres are numbered as DESI's, ten petals of 500: exposures of one tile
 * each, a tenth of the fibres on the sky. No light comes through one of the petals.
 */
final class FiveThousandFibres {
  static final String NIGHT = "20260214";
  static final String ZONE = "America/Phoenix";
  static final int FIBRES = 5000;
  static final int PETAL = 500;
  static final int DEAD_PETAL = 7;

  private static final double FIRST_MJD = 61_086.1; // 2026-02-15, 02:24 UTC
  private static final double EXPOSURE_SECONDS = 1000;
  private static final double CADENCE_DAYS = 1200 / 86_400.0;
  private static final WavelengthGrid.Log GRID = new WavelengthGrid.Log(3.58, 1e-4, 3600);

  private FiveThousandFibres() {}

  /** The plan of some tiles: every fibre that is not on the sky has a target of its own. */
  static List<PlannedTarget> plan(int tiles) {
    List<PlannedTarget> plan = new ArrayList<>();
    for (int index = 0; index < tiles * FIBRES; index++) {
      Observation observation = observation(index);
      if (observation.kind() == ObjectKind.TARGET) {
        plan.add(
            LiveApplication.planned(NIGHT, observation)
                .setGoalSnr(2.0)
                .setGoalEffectiveSeconds(EXPOSURE_SECONDS)
                .setPlannedExposureSeconds(EXPOSURE_SECONDS)
                .setPlannedAt(Instant.parse("2026-02-14T20:00:00Z"))
                .build());
      }
    }
    return plan;
  }

  /** The night's spectra by number, {@value #FIBRES} a tile. */
  static ObservedSpectrum spectrum(int index) {
    Observation observation = observation(index);
    Random random = new Random(index);
    boolean dark =
        observation.kind() == ObjectKind.SKY || observation.fibre() / PETAL == DEAD_PETAL;
    double signal = dark ? 0 : Math.exp(1.1 + 0.6 * random.nextGaussian());
    float[] flux = new float[GRID.pixels()];
    for (int i = 0; i < flux.length; i++) {
      flux[i] = (float) (signal + random.nextGaussian());
    }
    float[] ivar = new float[flux.length];
    Arrays.fill(ivar, 1);
    Arm arm = new Arm("b", GRID, Medium.VACUUM, flux, ivar, new int[flux.length]);
    return new ObservedSpectrum(observation, List.of(arm));
  }

  private static Observation observation(int index) {
    int tile = index / FIBRES;
    int fibre = index % FIBRES;
    boolean sky = fibre % 10 == 9;
    String name = "%d-%04d".formatted(tile, fibre);
    double angle = 2 * Math.PI * fibre * 0.618;
    double radius = 1.6 * Math.sqrt(fibre / (double) FIBRES);
    return new Observation(
        "spec-" + name,
        (sky ? "sky-" : "target-") + name,
        sky ? ObjectKind.SKY : ObjectKind.TARGET,
        "survey",
        tile % 3 == 2 ? "bright" : "dark",
        "T%04d".formatted(tile + 1),
        "exposure-%04d".formatted(tile + 1),
        fibre,
        150 + 4.0 * tile + radius * Math.cos(angle),
        20 + radius * Math.sin(angle),
        FIRST_MJD + tile * CADENCE_DAYS,
        EXPOSURE_SECONDS,
        "1.0",
        NIGHT,
        sky ? null : selectedAs(fibre));
  }

  static String selectedAs(int fibre) {
    return fibre % 5 == 0 ? "QSO" : fibre % 5 == 1 ? "STAR" : "GALAXY";
  }
}

package org.nightglass.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.simulate.NightSimulator;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * The spectra that everything is measured on: a simulated night, with its mix of galaxies, quasars,
 * stars and sky, as SDSS would deliver it and as DESI would.
 *
 * <p>The DESI-like ones are the same objects sampled on DESI's three grids, noise included; beyond
 * the simulated range the outermost pixel is repeated. Enough for what they cost, no good for what
 * comes out.
 */
final class SampleNight {
  private static final long SEED = 6;
  private static final String NIGHT = "20251221";
  private static final int FIBRES_PER_FIELD = 500;

  /** Start in Å and pixels of the arms b, r and z of published coadds. */
  private static final WavelengthGrid.Linear[] DESI_ARMS = {
    new WavelengthGrid.Linear(3600, 0.8, 2751),
    new WavelengthGrid.Linear(5760, 0.8, 2326),
    new WavelengthGrid.Linear(7520, 0.8, 2881)
  };

  private final List<ObservedSpectrum> spectra;

  private SampleNight(List<ObservedSpectrum> spectra) {
    this.spectra = spectra;
  }

  /** Simulates so many different spectra of a kind; the same objects for every kind. */
  static SampleNight simulate(EventKind kind, int count) {
    NightSimulator simulator = new NightSimulator(SEED, NIGHT, FIBRES_PER_FIELD);
    List<ObservedSpectrum> spectra = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      ObservedSpectrum sdss = simulator.spectrum(i).spectrum();
      spectra.add(kind == EventKind.SDSS ? sdss : desiLike(sdss));
    }
    return new SampleNight(List.copyOf(spectra));
  }

  List<ObservedSpectrum> spectra() {
    return spectra;
  }

  /** The spectrum of an event, under a name of its own; spectra repeat, names do not. */
  ObservedSpectrum event(int index) {
    ObservedSpectrum spectrum = spectra.get(index % spectra.size());
    return new ObservedSpectrum(named(spectrum.observation(), index), spectrum.arms());
  }

  /** How many of the first events are of targets, of which the account tells, and not of sky. */
  int targets(int events) {
    return (int)
        IntStream.range(0, events)
            .filter(i -> spectra.get(i % spectra.size()).observation().kind() == ObjectKind.TARGET)
            .count();
  }

  /** The target id of an event, which is its result's key. */
  static String target(int index) {
    return "B%08d".formatted(index);
  }

  List<PreparedSpectrum> prepared(Preparer preparer) {
    Instant now = Instant.now();
    return spectra.stream().map(spectrum -> preparer.prepare(spectrum, now)).toList();
  }

  private static Observation named(Observation o, int index) {
    return new Observation(
        "%s-%d".formatted(o.spectrumId(), index),
        target(index),
        o.kind(),
        o.survey(),
        o.programme(),
        o.fieldId(),
        o.exposureId(),
        o.fibre(),
        o.raDeg(),
        o.decDeg(),
        o.mjd(),
        o.exposureSeconds(),
        o.reductionVersion(),
        o.night(),
        o.selectedAs());
  }

  private static ObservedSpectrum desiLike(ObservedSpectrum sdss) {
    Arm from = sdss.arms().get(0);
    WavelengthGrid.Log grid = (WavelengthGrid.Log) from.grid();
    List<Arm> arms = new ArrayList<>(DESI_ARMS.length);
    for (int a = 0; a < DESI_ARMS.length; a++) {
      WavelengthGrid.Linear to = DESI_ARMS[a];
      float[] flux = new float[to.pixels()];
      float[] ivar = new float[to.pixels()];
      for (int i = 0; i < to.pixels(); i++) {
        double at = (Math.log10(to.wavelength(i)) - grid.log10Start()) / grid.log10Step();
        int nearest = (int) Math.max(0, Math.min(grid.pixels() - 1L, Math.round(at)));
        flux[i] = from.flux()[nearest];
        ivar[i] = from.ivar()[nearest];
      }
      arms.add(
          new Arm("brz".substring(a, a + 1), to, Medium.VACUUM, flux, ivar, new int[to.pixels()]));
    }
    return new ObservedSpectrum(sdss.observation(), arms);
  }
}

package org.nightglass.simulate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Labelled spectra to train and to calibrate on, straight on the model's grid.
 *
 * <p>Observing on the model's grid skips only the resampling, which on SDSS's own grid is the
 * identity. Coverage is what surveys give: from the grid's first pixel (BOSS, DESI), from somewhere
 * between 3,790 and 3,840 Å (SDSS), or with an end cut off. Safe for use by several threads.
 */
public final class TrainingSimulator {
  private static final double LOW_SNR = 0.8;
  private static final double HIGH_SNR = 30;

  private final SourceLibrary sources;
  private final Instrument instrument;
  private final long seed;

  /**
   * @param seed spectrum i of a seed is always the same
   * @param sources what to draw from
   * @param grid the model's grid; in steps of 1e-4
   */
  public TrainingSimulator(long seed, SourceLibrary sources, ModelGrid grid) {
    if (grid.log10Step() != 1e-4) {
      throw new IllegalArgumentException(
          "simulations need a grid in steps of 1e-4 in log10, got " + grid.log10Step());
    }
    this.seed = seed;
    this.sources = sources;
    this.instrument =
        new Instrument(new WavelengthGrid.Log(grid.log10Start(), grid.log10Step(), grid.pixels()));
  }

  /**
   * The usual mix: formulas, and templates where there are any, three parts in four.
   *
   * @param templates directory of template files, or null
   * @throws TemplateException if there is no usable template below the directory
   */
  public static SourceLibrary sources(@Nullable Path templates) {
    List<SourceLibrary> libraries = new ArrayList<>();
    libraries.add(new ParametricLibrary());
    if (templates != null) {
      TemplateLibrary library = TemplateLibrary.read(templates);
      libraries.addAll(List.of(library, library, library));
    }
    return new SurveyLibrary(libraries);
  }

  /**
   * A spectrum on the model's grid.
   *
   * @param index of the spectrum, from 0
   * @param sourceClass its class; null for a fibre on empty sky
   */
  public Labelled spectrum(long index, @Nullable SourceClass sourceClass) {
    SplittableRandom random = Seeds.generator(seed, index);
    Instrument.Observed observed;
    Truth truth;
    if (sourceClass == null) {
      observed = instrument.observeSky(random);
      truth = new Truth(Truth.SKY, 0, 0);
    } else {
      double z = Redshifts.draw(sourceClass, random);
      double snr = Draw.logUniform(random, LOW_SNR, HIGH_SNR);
      double[] flux = new double[instrument.grid().pixels()];
      sources.write(sourceClass, z, random, instrument.grid(), flux);
      observed = instrument.observe(flux, snr, random);
      truth = new Truth(sourceClass.name(), z, snr);
    }
    cover(observed, random);
    return new Labelled(prepared(index, observed), truth);
  }

  /**
   * A spectrum and what it really is.
   *
   * @param spectrum on the model's grid
   * @param truth what it was made from
   */
  public record Labelled(PreparedSpectrum spectrum, Truth truth) {}

  /** Takes away what the survey's wavelengths do not reach. */
  private void cover(Instrument.Observed observed, SplittableRandom random) {
    double lot = random.nextDouble();
    double from = 0;
    double to = Double.MAX_VALUE;
    if (lot < 0.4) {
      from = Draw.uniform(random, 3790, 3840);
    } else if (lot < 0.44) {
      from = Draw.uniform(random, 3800, 4400);
    } else if (lot < 0.48) {
      to = Draw.uniform(random, 7600, 8700);
    }
    for (int i = 0; i < observed.flux().length; i++) {
      double wavelength = instrument.grid().wavelength(i);
      if (wavelength < from || wavelength > to) {
        observed.flux()[i] = 0;
        observed.ivar()[i] = 0;
      }
    }
  }

  private PreparedSpectrum prepared(long index, Instrument.Observed observed) {
    float[] flux = observed.flux();
    float[] ivar = observed.ivar();
    double[] ratios = new double[flux.length];
    int good = 0;
    for (int i = 0; i < flux.length; i++) {
      if (ivar[i] > 0) {
        ratios[good++] = flux[i] * Math.sqrt(ivar[i]);
      }
    }
    Arrays.sort(ratios, 0, good);
    double snr = good == 0 ? 0 : ratios[good / 2];
    Observation observation =
        new Observation(
            "simulated-" + index,
            "simulated-" + index,
            ObjectKind.TARGET,
            "simulated",
            "training",
            "0",
            "0",
            0,
            null,
            null,
            0,
            null,
            "simulated",
            null,
            null);
    return new PreparedSpectrum(observation, flux, ivar, snr, good / (double) flux.length);
  }
}

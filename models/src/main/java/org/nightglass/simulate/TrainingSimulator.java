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
 * identity. Each spectrum is seen by one of the spectrographs: its resolution, its noise, its range
 * of wavelengths, now and then with an end cut off. Safe for use by several threads.
 */
public final class TrainingSimulator {
  /** Label of two sources in one fibre. */
  public static final String BLEND = Negatives.Family.BLEND.name();

  private static final double LOW_SNR = 0.8;
  private static final double HIGH_SNR = 30;
  private static final double BRIGHT_SNR = 100;
  private static final double BRIGHT_SHARE = 0.15;

  /** Galaxies that are known by their emission lines have little continuum. */
  private static final double EMISSION_Z = 0.6;

  private static final double EMISSION_LOW_SNR = 0.3;
  private static final double EMISSION_HIGH_SNR = 6;

  /** Least S/N of spectra that are no source's: below it nobody could tell. */
  private static final double NEGATIVE_SNR = 3;

  /**
   * Scatter of surveys' own redshifts of galaxies, of their stars' velocities, and of wavelength
   * solutions, km/s (Bolton et al. 2012 find 20 to 30 for bright galaxies). What a network is
   * judged by has it too.
   */
  private static final double SURVEY_KMS = 20;

  /** The types that SDSS finds most, which GaSNet-II tells apart. */
  private static final List<String> USUAL_STARS = List.of("A0", "F5", "F9", "G2", "K1", "K3", "K5");

  private final SourceLibrary sources;
  private final Negatives negatives;
  private final List<Spectrograph> spectrographs;
  private final List<Instrument> instruments;
  private final WavelengthGrid.Log grid;
  private final long seed;

  /** Spectra of SDSS and BOSS. */
  public TrainingSimulator(long seed, SourceLibrary sources, ModelGrid grid) {
    this(seed, sources, grid, List.of(Spectrograph.SDSS, Spectrograph.BOSS));
  }

  /**
   * @param seed spectrum i of a seed is always the same
   * @param sources what to draw from
   * @param grid the model's grid; in steps of 1e-4
   * @param spectrographs each sees an equal share; one may stand there twice
   */
  public TrainingSimulator(
      long seed, SourceLibrary sources, ModelGrid grid, List<Spectrograph> spectrographs) {
    if (grid.log10Step() != 1e-4) {
      throw new IllegalArgumentException(
          "simulations need a grid in steps of 1e-4 in log10, got " + grid.log10Step());
    }
    this.seed = seed;
    this.sources = sources;
    this.negatives = new Negatives(sources);
    this.spectrographs = List.copyOf(spectrographs);
    this.grid = new WavelengthGrid.Log(grid.log10Start(), grid.log10Step(), grid.pixels());
    this.instruments = spectrographs.stream().map(s -> new Instrument(this.grid, s)).toList();
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
   * A spectrum and what it really is.
   *
   * @param spectrum on the model's grid
   * @param truth what SDSS's rules make of it; of what is no source, the name of its family
   * @param kind what was drawn; a star's with its type; null for what is no source
   */
  public record Labelled(PreparedSpectrum spectrum, Truth truth, @Nullable SourceKind kind) {}

  /**
   * A spectrum on the model's grid.
   *
   * @param index of the spectrum, from 0
   * @param sourceClass its class
   */
  public Labelled spectrum(long index, SourceClass sourceClass) {
    SplittableRandom random = Seeds.generator(seed, index);
    SourceKind kind = kind(sourceClass, random);
    double z = Redshifts.draw(kind, random);
    double snr = snr(kind, z, random);
    double[] flux = new double[grid.pixels()];
    String starType = sources.write(kind, z, random, grid, flux);
    int own = random.nextInt(instruments.size());
    Instrument.Observed observed = instruments.get(own).observe(flux, snr, random);
    cover(observed, spectrographs.get(own), random);
    SourceKind drawn = starType.isEmpty() ? kind : SourceKind.star(starType);
    String subclass =
        sourceClass == SourceClass.STAR
            ? starType
            : SdssSubclass.of(sourceClass, z, grid, observed.noiseFree(), observed.sigma());
    String label = sourceClass + (subclass.isEmpty() ? "" : "_" + subclass);
    double stated = (1 + z) * (1 + scatter(sourceClass, random)) - 1;
    return new Labelled(prepared(index, observed), new Truth(label, stated, snr), drawn);
  }

  /**
   * A spectrum that is no source's: empty sky, and families of artefacts.
   *
   * @param index of the spectrum, from 0
   */
  public Labelled negative(long index) {
    SplittableRandom random = Seeds.generator(seed, index);
    Negatives.Family family = Negatives.draw(random);
    int own = random.nextInt(instruments.size());
    Instrument instrument = instruments.get(own);
    Instrument.Observed observed;
    double snr = 0;
    if (family == Negatives.Family.SKY) {
      observed = instrument.observeSky(random);
    } else {
      double[] flux = new double[grid.pixels()];
      negatives.write(family, random, grid, flux);
      snr = Draw.logUniform(random, NEGATIVE_SNR, HIGH_SNR);
      observed = instrument.observe(flux, snr, random);
    }
    cover(observed, spectrographs.get(own), random);
    return new Labelled(prepared(index, observed), new Truth(family.name(), 0, snr), null);
  }

  private static SourceKind kind(SourceClass sourceClass, SplittableRandom random) {
    return switch (sourceClass) {
      case GALAXY -> {
        double lot = random.nextDouble();
        yield lot < 0.34
            ? SourceKind.PASSIVE
            : lot < 0.58
                ? SourceKind.STARFORMING
                : lot < 0.78 ? SourceKind.STARBURST : SourceKind.AGN;
      }
      case QSO -> SourceKind.QUASAR;
      case STAR ->
          Draw.chance(random, 0.6)
              ? SourceKind.star(USUAL_STARS.get(random.nextInt(USUAL_STARS.size())))
              : SourceKind.STAR;
    };
  }

  private static double snr(SourceKind kind, double z, SplittableRandom random) {
    boolean emission = kind.type().equals("STARFORMING") || kind.type().equals("STARBURST");
    if (emission && z > EMISSION_Z) {
      return Draw.logUniform(random, EMISSION_LOW_SNR, EMISSION_HIGH_SNR);
    }
    return Draw.chance(random, BRIGHT_SHARE)
        ? Draw.logUniform(random, HIGH_SNR, BRIGHT_SNR)
        : Draw.logUniform(random, LOW_SNR, HIGH_SNR);
  }

  /** Of quasars the sources themselves know. */
  private static double scatter(SourceClass sourceClass, SplittableRandom random) {
    double kms = sourceClass == SourceClass.QSO ? 0 : SURVEY_KMS;
    return kms * random.nextGaussian() / Lines.LIGHT_KMS;
  }

  /** Takes away what the survey's wavelengths do not reach. */
  private void cover(
      Instrument.Observed observed, Spectrograph spectrograph, SplittableRandom random) {
    double from = spectrograph.bluest() + (Draw.chance(random, 0.5) ? random.nextDouble() * 40 : 0);
    double to = spectrograph.reddest();
    double lot = random.nextDouble();
    if (lot < 0.04) {
      from = Draw.uniform(random, 3800, 4400);
    } else if (lot < 0.08) {
      to = Draw.uniform(random, 7600, 8700);
    }
    for (int i = 0; i < observed.flux().length; i++) {
      double wavelength = grid.wavelength(i);
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

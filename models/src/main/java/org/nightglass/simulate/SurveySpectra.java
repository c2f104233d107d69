package org.nightglass.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Spectra of given sources as a survey's spectrograph sees them in a given exposure, arm by arm:
 * what a night's simulator needs. Spectrum i of a seed is the same whatever was drawn before it;
 * the same target in a longer exposure is the same source with less noise.
 *
 * <p>Immutable; safe for use by several threads.
 */
public final class SurveySpectra {
  /** Wavelengths that a magnitude is measured over: SDSS's r band. */
  private static final double BAND_FROM = 5500;

  private static final double BAND_TO = 7000;
  private static final double BAND_CENTRE = 6200;

  /** Flux of magnitude 0 at {@link #BAND_CENTRE} in 1e-17 erg/s/cm²/Å (AB system). */
  private static final double ZERO_POINT = 0.10885 / (BAND_CENTRE * BAND_CENTRE) * 1e17;

  /** Medians are taken over every so manieth pixel. */
  private static final int SOME = 8;

  private static final double STEP = 1e-4;
  private static final double MARGIN = 2e-3;
  private static final long NOISE = 0x6e6f697365L;

  private final long seed;
  private final Spectrograph spectrograph;
  private final SourceLibrary sources;
  private final WavelengthGrid.Log grid;
  private final double[] lines;
  private final List<ArmSampling> arms = new ArrayList<>();

  /**
   * @param seed of sources and noise
   * @param spectrograph that observes
   * @param sources what to draw from, for instance {@link TrainingSimulator#sources}
   */
  public SurveySpectra(long seed, Spectrograph spectrograph, SourceLibrary sources) {
    this.seed = seed;
    this.spectrograph = spectrograph;
    this.sources = sources;
    double start = Math.log10(spectrograph.bluest()) - MARGIN;
    double end = Math.log10(spectrograph.reddest()) + MARGIN;
    this.grid = new WavelengthGrid.Log(start, STEP, (int) Math.ceil((end - start) / STEP) + 1);
    this.lines = SkySpectrum.brightness(grid);
    for (Spectrograph.ArmPixels arm : spectrograph.arms()) {
      arms.add(ArmSampling.of(arm, grid, lines));
    }
  }

  /**
   * An exposure.
   *
   * @param seconds exposure time, above 0
   * @param sky what the sky was like
   */
  public record Exposure(double seconds, SkyConditions sky) {
    /**
     * @throws IllegalArgumentException if there is no time
     */
    public Exposure {
      if (!(seconds > 0 && seconds <= 1e6)) {
        throw new IllegalArgumentException(
            "an exposure lasts above 0 and up to 1e6 seconds, got " + seconds);
      }
    }
  }

  /**
   * What was observed.
   *
   * @param arms as the spectrograph's reduction sends them
   * @param truth label as SDSS's rules would have it, redshift, median S/N of the noise-free flux
   */
  public record Observed(List<Arm> arms, Truth truth) {}

  /** The spectrograph. */
  public Spectrograph spectrograph() {
    return spectrograph;
  }

  /**
   * A source of a given brightness.
   *
   * @param target index of the source: the same source whatever the exposure
   * @param exposure index of the exposure: its noise
   * @param kind what it is
   * @param z redshift, above −1
   * @param magnitude AB, of what enters the fibre, between 5,500 and 7,000 Å
   * @param conditions exposure time and sky
   */
  public Observed spectrum(
      long target,
      long exposure,
      SourceKind kind,
      double z,
      double magnitude,
      Exposure conditions) {
    Source source = source(target, kind, z);
    double band = mean(source.flux, BAND_FROM, BAND_TO);
    scale(source.flux, Math.pow(10, -0.4 * magnitude) * ZERO_POINT / Math.max(band, 1e-30));
    return observe(source, kind, z, conditions, random(target, exposure));
  }

  /**
   * A source as bright as it must be for a median S/N a pixel.
   *
   * @param snr median over all pixels of noise-free flux over noise, above 0
   * @see #spectrum for the other parameters
   */
  public Observed spectrumOfSnr(
      long target, long exposure, SourceKind kind, double z, double snr, Exposure conditions) {
    return spectrumOfSnr(target, exposure, kind, z, snr, 0, conditions);
  }

  /**
   * The same by the S/N of the red end alone: of a quasar whose light below Lyman α is gone, the
   * median over everything would be of nothing.
   *
   * @param from Å: the median is over pixels from here on; 0 = over all
   * @throws IllegalArgumentException if nothing is observed from there on
   * @see #spectrum for the other parameters
   */
  public Observed spectrumOfSnr(
      long target,
      long exposure,
      SourceKind kind,
      double z,
      double snr,
      double from,
      Exposure conditions) {
    if (!(from < spectrograph.reddest())) {
      throw new IllegalArgumentException(
          "%s observes up to %.0f Å, nothing from %.0f Å on"
              .formatted(spectrograph, spectrograph.reddest(), from));
    }
    Source source = source(target, kind, z);
    double level =
        from > 0
            ? mean(source.flux, from, spectrograph.reddest())
            : mean(source.flux, BAND_FROM, BAND_TO);
    scale(source.flux, 1 / Math.max(level, 1e-30));
    double low = 1e-4;
    double high = 1e6;
    // S/N rises with brightness, in the sky's noise linearly, in the source's own as a root.
    for (int i = 0; i < 40; i++) {
      double middle = Math.sqrt(low * high);
      if (medianSnr(source.flux, middle, from, conditions) < snr) {
        low = middle;
      } else {
        high = middle;
      }
    }
    scale(source.flux, Math.sqrt(low * high));
    return observe(source, kind, z, conditions, random(target, exposure));
  }

  /**
   * A fibre on empty sky.
   *
   * @param target index of the fibre's position
   * @param exposure index of the exposure
   */
  public Observed sky(long target, long exposure, Exposure conditions) {
    RandomGenerator random = random(target, exposure);
    double[] remains = new double[grid.pixels()];
    double offset = 0.02 * random.nextGaussian();
    double tilt = 0.02 * random.nextGaussian();
    for (int i = 0; i < remains.length; i++) {
      remains[i] = offset + tilt * (2.0 * i / remains.length - 1);
    }
    List<Arm> observed = new ArrayList<>();
    for (ArmSampling arm : arms) {
      observed.add(expose(arm, arm.sample(remains), conditions, random));
    }
    return new Observed(List.copyOf(observed), new Truth(Truth.SKY, 0, 0));
  }

  private SplittableRandom random(long target, long exposure) {
    return Seeds.generator(seed ^ NOISE ^ (exposure * 0x9e3779b97f4a7c15L), target);
  }

  @SuppressWarnings("ArrayRecordComponent") // pixels are wrapped, never compared
  private record Source(double[] flux, String starType) {}

  private Source source(long target, SourceKind kind, double z) {
    double[] flux = new double[grid.pixels()];
    String starType = sources.write(kind, z, Seeds.generator(seed, target), grid, flux);
    double pixelKms = Lines.LIGHT_KMS * Math.log(10) * STEP;
    double own = spectrograph.resolutionKms();
    double added = own * own - Lines.INSTRUMENT_KMS * Lines.INSTRUMENT_KMS;
    if (added > 0) {
      Smoothing.gaussian(flux, Math.sqrt(added) / pixelKms);
    }
    return new Source(flux, starType);
  }

  private double mean(double[] flux, double from, double to) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < flux.length; i++) {
      double wavelength = grid.wavelength(i);
      if (wavelength >= from && wavelength <= to) {
        sum += flux[i];
        count++;
      }
    }
    return sum / count;
  }

  private static void scale(double[] flux, double factor) {
    for (int i = 0; i < flux.length; i++) {
      flux[i] *= factor;
    }
  }

  private double medianSnr(double[] flux, double factor, double from, Exposure conditions) {
    DoubleStream.Builder ratios = DoubleStream.builder();
    for (ArmSampling arm : arms) {
      for (int k = 0; k < arm.sky().length / SOME; k++) {
        int i = SOME * k;
        if (arm.wavelength()[i] >= from) {
          double value = factor * arm.at(flux, i);
          ratios.add(value / Math.sqrt(variance(arm, i, value, conditions)));
        }
      }
    }
    double[] all = ratios.build().sorted().toArray();
    return all.length == 0 ? 0 : all[all.length / 2];
  }

  private double variance(ArmSampling arm, int pixel, double flux, Exposure conditions) {
    return spectrograph.variance(
        arm.wavelength()[pixel],
        arm.width()[pixel],
        flux,
        conditions.sky.brightness(arm.wavelength()[pixel], arm.sky()[pixel]),
        conditions.seconds,
        conditions.sky.transparency());
  }

  private Observed observe(
      Source source, SourceKind kind, double z, Exposure conditions, RandomGenerator random) {
    List<Arm> observed = new ArrayList<>();
    List<double[]> ratios = new ArrayList<>();
    double[] sigma = new double[grid.pixels()];
    Arrays.fill(sigma, Double.POSITIVE_INFINITY);
    for (ArmSampling arm : arms) {
      double[] flux = arm.sample(source.flux);
      double[] ratio = new double[(flux.length + SOME - 1) / SOME];
      for (int i = 0; i < flux.length; i++) {
        double noise = Math.sqrt(variance(arm, i, flux[i], conditions));
        if (i % SOME == 0) {
          ratio[i / SOME] = flux[i] / noise;
        }
        // Brought to the width of the source's pixels.
        sigma[arm.below()[i]] =
            noise * Math.sqrt(arm.width()[i] / (arm.wavelength()[i] * 2.302585e-4));
      }
      ratios.add(ratio);
      observed.add(expose(arm, flux, conditions, random));
    }
    fillBetween(sigma);
    double[] all = ratios.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
    String subclass =
        kind.sourceClass() == SourceClass.STAR
            ? source.starType
            : SdssSubclass.of(kind.sourceClass(), z, grid, source.flux, sigma);
    String label = kind.sourceClass() + (subclass.isEmpty() ? "" : "_" + subclass);
    return new Observed(List.copyOf(observed), new Truth(label, z, all[all.length / 2]));
  }

  /** Pixels of a linear grid are wider than those of the source's in places: none stays empty. */
  private static void fillBetween(double[] sigma) {
    for (int i = 1; i < sigma.length; i++) {
      if (Double.isInfinite(sigma[i])) {
        sigma[i] = sigma[i - 1];
      }
    }
  }

  private Arm expose(
      ArmSampling arm, double[] signal, Exposure conditions, RandomGenerator random) {
    float[] flux = new float[signal.length];
    float[] ivar = new float[signal.length];
    // Sky lines are never subtracted quite.
    double residual = 0.01 * random.nextGaussian();
    for (int i = 0; i < flux.length; i++) {
      double variance = variance(arm, i, signal[i], conditions);
      if (variance < Double.MAX_VALUE) {
        double left = residual * conditions.sky.brightness(arm.wavelength()[i], arm.sky()[i]);
        flux[i] = (float) (signal[i] + left + Math.sqrt(variance) * random.nextGaussian());
        ivar[i] = (float) (1 / variance);
      }
    }
    int spoilt = random.nextInt(1 + flux.length / 200);
    for (int k = 0; k < spoilt; k++) {
      ivar[random.nextInt(ivar.length)] = 0;
    }
    return new Arm(arm.name(), arm.grid(), Medium.VACUUM, flux, ivar, /* mask= */ null);
  }
}

package org.nightglass.bench.micro;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.nightglass.bench.SampleNights;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.spectrum.ObservedSpectrum;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done to a spectrum's pixels: preparing, normalising. Time per spectrum. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class PixelBenchmark {
  private final Preparer preparer = new Preparer(ModelGrid.SDSS_3600, SpectrumLimits.DEFAULT);
  private final Normalisation contrast = Normalisations.byName("contrast2");
  private final Normalisation unitNorm = Normalisations.byName("unit-norm");
  private final float[] out = new float[2 * ModelGrid.SDSS_3600.pixels()];
  private final Instant now = Instant.now();
  private List<ObservedSpectrum> sdss;
  private List<ObservedSpectrum> desi;
  private List<PreparedSpectrum> prepared;
  private int next;

  /** Many different spectra, so that no processor learns one by heart. */
  @Setup
  public void simulate() {
    sdss = SampleNights.sdss();
    desi = SampleNights.desi();
    prepared = sdss.stream().map(spectrum -> preparer.prepare(spectrum, now)).toList();
  }

  private <T> T next(List<T> all) {
    next = (next + 1) % all.size();
    return all.get(next);
  }

  @Benchmark
  public PreparedSpectrum prepareSdss() {
    return preparer.prepare(next(sdss), now);
  }

  @Benchmark
  public PreparedSpectrum prepareDesi() {
    return preparer.prepare(next(desi), now);
  }

  @Benchmark
  public float[] normaliseContrast2() {
    contrast.write(next(prepared), out, 0);
    return out;
  }

  @Benchmark
  public float[] normaliseUnitNorm() {
    unitNorm.write(next(prepared), out, 0);
    return out;
  }
}

package org.nightglass.train;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Normalised spectra of one family, held as 16-bit fixed point: half the memory of floats, exact to
 * 2e-5 of the most that their normalisation gives.
 *
 * <p>Made on all processors; the same whatever their number.
 */
final class SamplePool {
  private final @Nullable SourceClass family;
  private final List<Sample> samples;

  private SamplePool(@Nullable SourceClass family, List<Sample> samples) {
    this.family = family;
    this.samples = List.copyOf(samples);
  }

  /**
   * A spectrum.
   *
   * @param row its input, as fixed point
   * @param unit what 1 in it stands for
   * @param z true redshift
   * @param snr median signal-to-noise ratio as measured
   * @param classes those that it belongs to; none for what is no source
   * @param label what it is by SDSS's rules; of what is no source, the name of its kind
   */
  @SuppressWarnings("ArrayRecordComponent") // wrapped, never compared
  record Sample(short[] row, float unit, double z, double snr, int[] classes, String label) {
    static Sample of(
        PreparedSpectrum spectrum,
        double z,
        int[] classes,
        String label,
        Normalisation normalisation) {
      float unit = normalisation.limit(spectrum.flux().length) / Short.MAX_VALUE;
      short[] row = pack(spectrum, normalisation, unit);
      return new Sample(row, unit, z, spectrum.snr(), classes, label);
    }
  }

  /** Of observed spectra. */
  static SamplePool of(SourceClass family, List<Sample> samples) {
    return new SamplePool(family, samples);
  }

  /**
   * Simulates.
   *
   * @param family null for what is no source
   * @param size number of spectra
   * @param scheme of the classes
   */
  static SamplePool simulate(
      TrainingSimulator simulator,
      @Nullable SourceClass family,
      int size,
      ClassScheme scheme,
      Normalisation normalisation) {
    // Each family has indices of its own, so that families do not share their noise.
    long first = (family == null ? 0L : 1L + family.ordinal()) << 32;
    List<Sample> samples =
        IntStream.range(0, size)
            .parallel()
            .mapToObj(i -> sample(simulator, family, first + i, scheme, normalisation))
            .toList();
    return new SamplePool(family, samples);
  }

  private static Sample sample(
      TrainingSimulator simulator,
      @Nullable SourceClass family,
      long index,
      ClassScheme scheme,
      Normalisation normalisation) {
    TrainingSimulator.Labelled labelled =
        family == null ? simulator.negative(index) : simulator.spectrum(index, family);
    String label = labelled.truth().label();
    int[] classes = family == null ? ClassScheme.NONE : scheme.of(label, labelled.kind());
    return Sample.of(labelled.spectrum(), labelled.truth().z(), classes, label, normalisation);
  }

  private static short[] pack(PreparedSpectrum spectrum, Normalisation normalisation, float unit) {
    float[] values = new float[spectrum.flux().length * normalisation.channels()];
    normalisation.write(spectrum, values, 0);
    short[] row = new short[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (short) Math.round(values[i] / unit);
    }
    return row;
  }

  int size() {
    return samples.size();
  }

  /** Null for what is no source. */
  @Nullable SourceClass family() {
    return family;
  }

  double z(int index) {
    return samples.get(index).z;
  }

  /** Median signal-to-noise ratio as measured. */
  double snr(int index) {
    return samples.get(index).snr;
  }

  /** The classes that a spectrum belongs to; none for what is no source. */
  int[] classes(int index) {
    return samples.get(index).classes;
  }

  /** What it is by SDSS's rules; of what is no source, its family. */
  String label(int index) {
    return samples.get(index).label;
  }

  /** Writes a spectrum's input at row {@code slot} of a batch. */
  void write(int index, float[] batch, int slot) {
    short[] row = samples.get(index).row;
    float unit = samples.get(index).unit;
    int offset = slot * row.length;
    for (int i = 0; i < row.length; i++) {
      batch[offset + i] = row[i] * unit;
    }
  }
}

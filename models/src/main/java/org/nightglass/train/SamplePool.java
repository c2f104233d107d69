package org.nightglass.train;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Normalised spectra of one family, held as 16-bit fixed point: half the memory of floats, exact to
 * 1e-4 over the ±{@value #RANGE} that {@code contrast2} keeps to.
 *
 * <p>Made on all processors; the same whatever their number.
 */
final class SamplePool {
  private static final float RANGE = 5;
  private static final float SCALE = Short.MAX_VALUE / RANGE;

  private final @Nullable SourceClass family;
  private final short[][] rows;
  private final double[] z;
  private final double[] snr;
  private final int[][] classes;
  private final String[] labels;

  private SamplePool(@Nullable SourceClass family, int size) {
    this.family = family;
    this.rows = new short[size][];
    this.z = new double[size];
    this.snr = new double[size];
    this.classes = new int[size][];
    this.labels = new String[size];
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
    SamplePool pool = new SamplePool(family, size);
    // Each family has indices of its own, so that families do not share their noise.
    long first = (family == null ? 0L : 1L + family.ordinal()) << 32;
    IntStream.range(0, size)
        .parallel()
        .forEach(
            i -> {
              TrainingSimulator.Labelled labelled =
                  family == null
                      ? simulator.negative(first + i)
                      : simulator.spectrum(first + i, family);
              int[] own =
                  family == null
                      ? ClassScheme.NONE
                      : scheme.of(labelled.truth().label(), labelled.kind());
              pool.set(i, labelled.spectrum(), labelled.truth().z(), own, normalisation);
              pool.labels[i] = labelled.truth().label();
            });
    return pool;
  }

  private void set(
      int i, PreparedSpectrum spectrum, double trueZ, int[] own, Normalisation normalisation) {
    rows[i] = pack(spectrum, normalisation);
    z[i] = trueZ;
    snr[i] = spectrum.snr();
    classes[i] = own;
  }

  private static short[] pack(PreparedSpectrum spectrum, Normalisation normalisation) {
    float[] values = new float[spectrum.flux().length * normalisation.channels()];
    normalisation.write(spectrum, values, 0);
    short[] row = new short[values.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = (short) Math.round(Math.max(-RANGE, Math.min(RANGE, values[i])) * SCALE);
    }
    return row;
  }

  int size() {
    return rows.length;
  }

  /** Null for what is no source. */
  @Nullable SourceClass family() {
    return family;
  }

  double z(int index) {
    return z[index];
  }

  /** Median signal-to-noise ratio as measured. */
  double snr(int index) {
    return snr[index];
  }

  /** The classes that a spectrum belongs to; none for what is no source. */
  int[] classes(int index) {
    return classes[index];
  }

  /** What it is by SDSS's rules; of what is no source, its family. */
  String label(int index) {
    return labels[index];
  }

  /** Writes a spectrum's input at row {@code slot} of a batch. */
  void write(int index, float[] batch, int slot) {
    short[] row = rows[index];
    int offset = slot * row.length;
    for (int i = 0; i < row.length; i++) {
      batch[offset + i] = row[i] * (1 / SCALE);
    }
  }
}

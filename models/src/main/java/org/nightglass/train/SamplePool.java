package org.nightglass.train;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.TrainingSimulator;

/**
 * Normalised spectra of one class, held as 16-bit fixed point: half the memory of floats, exact to
 * 1e-4 over the ±{@value #RANGE} that {@code contrast2} keeps to.
 *
 * <p>Made on all processors; the same whatever their number.
 */
final class SamplePool {
  private static final float RANGE = 5;
  private static final float SCALE = Short.MAX_VALUE / RANGE;

  private final @Nullable SourceClass sourceClass;
  private final short[][] rows;
  private final double[] z;
  private final double[] snr;

  private SamplePool(@Nullable SourceClass sourceClass, int size) {
    this.sourceClass = sourceClass;
    this.rows = new short[size][];
    this.z = new double[size];
    this.snr = new double[size];
  }

  /**
   * Simulates.
   *
   * @param sourceClass null for empty sky
   * @param size number of spectra
   */
  static SamplePool simulate(
      TrainingSimulator simulator,
      @Nullable SourceClass sourceClass,
      int size,
      Normalisation normalisation) {
    SamplePool pool = new SamplePool(sourceClass, size);
    // Each class has indices of its own, so that classes do not share their noise.
    long first = (sourceClass == null ? 0L : 1L + sourceClass.ordinal()) << 32;
    IntStream.range(0, size)
        .parallel()
        .forEach(
            i -> {
              TrainingSimulator.Labelled labelled = simulator.spectrum(first + i, sourceClass);
              pool.rows[i] = pack(labelled.spectrum(), normalisation);
              pool.z[i] = labelled.truth().z();
              pool.snr[i] = labelled.spectrum().snr();
            });
    return pool;
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

  /** Null for empty sky. */
  @Nullable SourceClass sourceClass() {
    return sourceClass;
  }

  double z(int index) {
    return z[index];
  }

  /** Median signal-to-noise ratio as measured. */
  double snr(int index) {
    return snr[index];
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

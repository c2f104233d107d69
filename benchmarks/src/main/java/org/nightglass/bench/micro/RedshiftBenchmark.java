package org.nightglass.bench.micro;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftDecoder;
import org.nightglass.infer.RedshiftEstimate;
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

/** Three members' distributions over 1,024 bins to a redshift with its error. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@SuppressWarnings("NullAway.Init") // set by JMH
public class RedshiftBenchmark {
  private static final int MEMBERS = 3;
  private static final int BINS = 1024;
  private static final int SPECTRA = 64;

  private final float[] outputs = new float[SPECTRA * MEMBERS * BINS];
  private RedshiftDecoder decoder;
  private int next;

  /** A peak somewhere on a floor of noise, adding up to 1. */
  @Setup
  public void fill() {
    ModelCard.Network network =
        new ModelCard.Network("n", "serve", "s", "spectra", "distribution", "contrast2");
    decoder =
        new RedshiftDecoder(
            new ModelCard.Redshift(
                List.of("QSO"),
                network,
                ModelCard.RedshiftKind.DISTRIBUTION,
                MEMBERS,
                0.0,
                8e-4,
                BINS,
                null,
                new ModelCard.ErrorCalibration(0.1, 1.1, -0.03)));
    Random random = new Random(1);
    for (int row = 0; row < SPECTRA * MEMBERS; row++) {
      int peak = row / MEMBERS * 13 + 40;
      float sum = 0;
      for (int b = 0; b < BINS; b++) {
        float value =
            1e-4f * random.nextFloat() + (float) Math.exp(-0.5 * (b - peak) * (b - peak) / 2.0);
        outputs[row * BINS + b] = value;
        sum += value;
      }
      for (int b = 0; b < BINS; b++) {
        outputs[row * BINS + b] /= sum;
      }
    }
  }

  @Benchmark
  public RedshiftEstimate decode() {
    next = (next + 1) % SPECTRA;
    return decoder.decode(outputs, next * MEMBERS * BINS, 5);
  }
}

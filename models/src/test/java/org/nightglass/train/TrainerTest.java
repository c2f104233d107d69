package org.nightglass.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.simulate.Seeds;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class TrainerTest {
  private static final int PIXELS = 800;
  private static final int BATCH = 16;
  private static final CrossCorrelation NETWORK = new CrossCorrelation(PIXELS, 2, 4, 64, 2, 24);
  private static final LearningRate RATE = new LearningRate(4e-3, 5, 60, 0.02);

  @TempDir Path directory;

  @Test
  void shouldLearn() throws IOException {
    List<Double> losses = new ArrayList<>();
    trainer(RATE).train(TrainerTest::fill, directory, "n", (step, loss) -> losses.add(loss));
    assertThat(losses).hasSize(3);
    assertThat(losses.get(2)).as("losses %s", losses).isLessThan(0.7 * losses.get(0));
    assertThat(Files.readAllLines(directory.resolve("n.csv")))
        .hasSize(4)
        .first()
        .isEqualTo("step,learning_rate,loss,validation_loss");
  }

  @Test
  void shouldTrainToTheSameWeightsTwice() throws IOException {
    Weights first = train(null);
    Weights second = train(null);
    assertSame(second, first);
  }

  @Test
  void shouldGoOnFromItsCheckpointToTheSameEnd() throws IOException {
    BatchSource stopping =
        (step, n, spectra, targets) -> {
          if (step == 45) {
            throw new IllegalStateException("stopped");
          }
          fill(step, n, spectra, targets);
        };
    assertThatThrownBy(() -> trainer(RATE).train(stopping, directory, "n", (s, l) -> {}))
        .hasMessage("stopped");
    assertThat(Weights.load(directory.resolve("n.weights")).step()).isEqualTo(30);
    List<Long> seen = new ArrayList<>();
    BatchSource watching =
        (step, n, spectra, targets) -> {
          seen.add(step);
          fill(step, n, spectra, targets);
        };
    Weights resumed = trainer(RATE).train(watching, directory, "n", (s, l) -> {});
    assertThat(seen).first().isEqualTo(30L);
    assertSame(resumed, train(null));
    assertThat(Files.readAllLines(directory.resolve("n.csv")))
        .extracting(line -> line.substring(0, line.indexOf(',')))
        .containsExactly("step", "20", "40", "60");
  }

  @Test
  void shouldEndEarlyWithTheWeightsThatDidBestOnSpectraApart() throws IOException {
    // Spectra apart whose targets have nothing to do with them: nothing can be gained on them.
    BatchSource noise =
        (step, n, spectra, targets) -> {
          fill(step + 500, n, spectra, targets);
          fill(step + 900, n, new float[spectra.length], targets);
        };
    Trainer.Validation validation = new Trainer.Validation(noise, 2, 5, 3);
    List<Long> seen = new ArrayList<>();
    BatchSource watching =
        (step, n, spectra, targets) -> {
          seen.add(step);
          fill(step, n, spectra, targets);
        };
    LearningRate longer = new LearningRate(4e-3, 5, 300, 0.02);
    Weights best = trainer(longer).train(watching, validation, directory, "n", (step, loss) -> {});
    assertThat(seen.size()).as("steps of 300").isLessThan(200);
    assertThat(best.step()).isEqualTo(seen.size() - 15L);
    assertSame(Weights.load(directory.resolve("n.best.weights")), best);
    Weights again = trainer(longer).train(watching, validation, directory, "n", (step, loss) -> {});
    assertThat(again.step()).as("run again after its end").isEqualTo(best.step());
  }

  @Test
  void shouldStopWhereTheLossIsNoNumber() {
    BatchSource broken =
        (step, n, spectra, targets) -> {
          fill(step, n, spectra, targets);
          if (step == 7) {
            spectra[3] = Float.NaN;
          }
        };
    assertThatThrownBy(() -> trainer(RATE).train(broken, null, "GALAXY-0", (s, l) -> {}))
        .isInstanceOf(TrainingException.class)
        .hasMessageContainingAll("GALAXY-0", "NaN", "step 7 of 60", "learning rate 0.00");
  }

  @Test
  void shouldExportTheSameNumbersAsItInfers() throws IOException {
    float[] spectra = new float[BATCH * PIXELS * 2];
    fill(1000, BATCH, spectra, new float[BATCH * 64]);
    Weights weights = train(null);
    float[] logits;
    try (TrainingGraph graph = new TrainingGraph(NETWORK, Objective.CROSS_ENTROPY, 1)) {
      graph.restore(weights);
      logits = graph.infer(BATCH, spectra);
    }
    assertThat(saved(FrozenNetwork.Form.LOGITS, List.of(weights), spectra))
        .containsExactly(logits, within(2e-3f));
    float[] distribution =
        saved(FrozenNetwork.Form.DISTRIBUTION, List.of(weights, weights), spectra);
    assertThat(distribution).hasSize(BATCH * 2 * 64);
    for (int n = 0; n < BATCH; n++) {
      double[] p = ClassFit.softmax(Arrays.copyOfRange(logits, n * 64, n * 64 + 64), 1);
      for (int b = 0; b < 64; b++) {
        assertThat((double) distribution[n * 128 + b]).isCloseTo(p[b], within(2e-3));
        assertThat(distribution[n * 128 + 64 + b]).isEqualTo(distribution[n * 128 + b]);
      }
    }
  }

  @Test
  void shouldTrainGasNet2WithDropoutRepeatably() throws IOException {
    GasNet2 network = new GasNet2(1824, 1, 1.0 / 16, 1, false);
    LearningRate rate = new LearningRate(1e-3, 2, 6, 0.1);
    BatchSource source =
        (step, n, spectra, targets) -> {
          SplittableRandom random = Seeds.generator(9, step);
          for (int i = 0; i < spectra.length; i++) {
            spectra[i] = (float) random.nextGaussian();
          }
          for (int i = 0; i < n; i++) {
            targets[i] = (float) random.nextDouble();
          }
        };
    Trainer.Plan plan = new Trainer.Plan(8, rate, 3, 100);
    Trainer trainer = new Trainer(network, Objective.HUBER, plan);
    assertSame(
        trainer.train(source, null, "g", (s, l) -> {}),
        trainer.train(source, null, "g", (s, l) -> {}));
  }

  @Test
  void shouldRefuseATruncatedCheckpoint() throws IOException {
    Path file = directory.resolve("n.weights");
    train(directory);
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> Weights.load(file)).isInstanceOf(IOException.class);
    Files.writeString(file, "something else");
    assertThatThrownBy(() -> Weights.load(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("n.weights");
  }

  private static Trainer trainer(LearningRate rate) {
    return new Trainer(NETWORK, Objective.CROSS_ENTROPY, new Trainer.Plan(BATCH, rate, 11, 30));
  }

  private static Weights train(Path directory) throws IOException {
    return trainer(RATE).train(TrainerTest::fill, directory, "n", (s, l) -> {});
  }

  private float[] saved(FrozenNetwork.Form form, List<Weights> members, float[] spectra)
      throws IOException {
    Path folder = directory.resolve(form.name());
    try (FrozenNetwork frozen = new FrozenNetwork(NETWORK, form, members)) {
      frozen.save(folder);
    }
    try (SavedModelBundle bundle = SavedModelBundle.load(folder.toString(), "serve");
        TFloat32 x = TFloat32.tensorOf(Shape.of(BATCH, PIXELS, 2))) {
      x.asRawTensor().data().asFloats().write(spectra);
      try (Result result = bundle.function("serving_default").call(Map.of("spectra", x))) {
        float[] values = new float[(int) result.get(0).size()];
        result.get(form.output()).orElseThrow().asRawTensor().data().asFloats().read(values);
        return values;
      }
    }
  }

  private static void assertSame(Weights found, Weights expected) {
    assertThat(found.arrays().keySet()).isEqualTo(expected.arrays().keySet());
    found
        .arrays()
        .forEach(
            (name, array) ->
                assertThat(array.values()).as(name).containsExactly(expected.get(name).values()));
  }

  /** A pair of lines whose place tells the bin, in noise. */
  private static void fill(long step, int n, float[] spectra, float[] targets) {
    SplittableRandom random = Seeds.generator(5, step);
    RedshiftTarget.Bins bins = new RedshiftTarget.Bins(0, 4e-4, 64);
    for (int slot = 0; slot < n; slot++) {
      double z = Math.pow(10, 4e-4 * 63 * random.nextDouble()) - 1;
      double shift = Math.log10(1 + z) / 1e-4;
      for (int p = 0; p < PIXELS; p++) {
        double first = (p - 150 - shift) / 3;
        double second = (p - 400 - shift) / 3;
        double line = 5 * Math.exp(-first * first) + 3 * Math.exp(-second * second);
        int at = (slot * PIXELS + p) * 2;
        spectra[at] = (float) (line + 0.3 * random.nextGaussian());
        spectra[at + 1] = (float) (line + 0.3 * random.nextGaussian());
      }
      bins.write(z, targets, slot * 64);
    }
  }
}

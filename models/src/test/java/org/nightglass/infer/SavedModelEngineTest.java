package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nightglass.infer.TinyBundle.CLASSES;
import static org.nightglass.infer.TinyBundle.spectrum;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.UnitNormNormalisation;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

class SavedModelEngineTest {
  private static final int GALAXY = 0;
  private static final int AGN = 1;
  private static final int QSO = 2;
  private static final int STAR = 3;

  @TempDir static Path folder;
  private static SavedModelEngine engine;

  @BeforeAll
  static void open() throws IOException {
    engine = open(TinyBundle.write(folder));
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void shouldGiveTheClassifiersProbabilitiesAtTheCardsTemperature() {
    PreparedSpectrum spectrum = spectrum("a", Map.of(GALAXY, 3f, QSO, 2f));
    float[] pixels = new float[TinyBundle.PIXELS];
    new UnitNormNormalisation().write(spectrum, pixels, 0);
    double[] expected = new double[CLASSES.size()];
    double sum = 0;
    for (int c = 0; c < expected.length; c++) {
      expected[c] = Math.exp(pixels[c] / 2);
      sum += expected[c];
    }
    Inference inference = engine.infer(List.of(spectrum)).get(0);
    assertThat(inference.classes()).isEqualTo(CLASSES);
    for (int c = 0; c < expected.length; c++) {
      assertThat(inference.probabilities()[c]).isCloseTo(expected[c] / sum, within(1e-6));
    }
  }

  @Test
  void shouldRunTheRedshiftEnsembleOfEachSpectrumsClass() {
    List<Inference> inferences =
        engine.infer(
            List.of(
                spectrum("star", Map.of(STAR, 3f)),
                spectrum("galaxy", Map.of(GALAXY, 3f, 4 + 10, 2.9f)),
                spectrum("qso", Map.of(QSO, 3f)),
                spectrum("agn", Map.of(AGN, 3f, 4 + 20, 2.9f))));
    assertThat(inferences.get(0).redshift()).isNull();
    assertThat(log10(inferences.get(1))).isCloseTo(0.095, within(1e-4));
    assertThat(log10(inferences.get(3))).isCloseTo(0.195, within(1e-4));
    RedshiftEstimate points = inferences.get(2).redshift();
    assertThat(points.memberZ()).hasSize(3);
    assertThat(points.peakProbability()).isNull();
  }

  @Test
  void shouldKeepRedshiftsThatAreNumbersInFloat32UnlessToldOtherwise(@TempDir Path root)
      throws IOException {
    Path directory = root.resolve("numbers").resolve("1");
    TinyBundle.exportNetworks(directory);
    TinyBundle.export(
        directory.resolve("qso"),
        "points",
        (tf, pixels) ->
            tf.math.mul(
                tf.linalg.matMul(
                    TinyBundle.slice(tf, pixels, 0, 3),
                    tf.constant(new float[][] {{0.1f, 0.2f, 0.3f}, {0, 1, 0}, {1.1f, 1.3f, 1.7f}})),
                tf.constant(1f)));
    ModelCards.write(TinyBundle.card(directory), directory.resolve(ModelCards.FILE));
    double[] whole = members(directory, Precision.FLOAT32);
    assertThat(members(directory, Precision.AUTO)).isEqualTo(whole);
    assertThat(members(directory, Precision.BFLOAT16))
        .isNotEqualTo(whole)
        .containsExactly(whole, within(0.01));
  }

  private static double[] members(Path directory, Precision precision) {
    EngineOptions options = EngineOptions.DEFAULT.with(precision);
    try (SavedModelEngine other = SavedModelEngine.open(ModelBundle.open(directory), options)) {
      return other.infer(List.of(spectrum("q", Map.of(QSO, 3f)))).get(0).redshift().memberZ();
    }
  }

  @Test
  void shouldTellEachMembersRedshift() {
    RedshiftEstimate estimate =
        engine.infer(List.of(spectrum("a", Map.of(GALAXY, 3f, 4 + 10, 2.9f)))).get(0).redshift();
    assertThat(Math.log10(1 + estimate.memberZ()[0])).isCloseTo(0.10, within(1e-4));
    assertThat(Math.log10(1 + estimate.memberZ()[1])).isCloseTo(0.09, within(1e-4));
    assertThat(estimate.zErr()).isPositive();
  }

  /** Padding and splitting must not show: allowed sizes are 1, 4 and 8. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 9, 17, 30})
  void shouldGiveEachSpectrumTheSameAnswerInAnyBatch(int size) {
    List<PreparedSpectrum> batch = random(size, 11);
    List<Inference> together = engine.infer(batch);
    assertThat(together).hasSize(size);
    for (int i = 0; i < size; i++) {
      Inference alone = engine.infer(List.of(batch.get(i))).get(0);
      assertThat(together.get(i).probabilities())
          .as("spectrum %d of %d", i, size)
          .containsExactly(alone.probabilities(), within(1e-6));
      assertThat(together.get(i).redshift() == null).isEqualTo(alone.redshift() == null);
      if (alone.redshift() != null) {
        assertThat(together.get(i).redshift().z()).isCloseTo(alone.redshift().z(), within(1e-5));
        assertThat(together.get(i).redshift().zErr())
            .isCloseTo(alone.redshift().zErr(), within(1e-5));
      }
    }
  }

  @Test
  void shouldAnswerSeveralThreadsAtOnce() throws Exception {
    List<PreparedSpectrum> batch = random(13, 12);
    List<Inference> expected = engine.infer(batch);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<List<Inference>>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        answers.add(threads.submit(() -> engine.infer(batch)));
      }
      for (Future<List<Inference>> answer : answers) {
        for (int i = 0; i < batch.size(); i++) {
          assertThat(answer.get().get(i).probabilities())
              .containsExactly(expected.get(i).probabilities(), within(1e-6));
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldWarmUp() {
    assertThatCode(engine::warmUp).doesNotThrowAnyException();
  }

  @Test
  void shouldGiveNothingForAnEmptyBatch() {
    assertThat(engine.infer(List.of())).isEmpty();
  }

  @Test
  void shouldRefuseASpectrumOnAnotherGrid() {
    PreparedSpectrum other =
        new PreparedSpectrum(TinyBundle.observation("x"), new float[7], new float[7], 1, 1);
    assertThatThrownBy(() -> engine.infer(List.of(other)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("spectrum x has 7 pixels of flux and 7 of ivar, the model's grid has 40");
  }

  /** The classifier of this bundle divides by pixel 30: a spectrum with 0 there breaks it. */
  @Test
  void shouldNameTheSpectraThatGiveNoFiniteNumbers(@TempDir Path root) throws IOException {
    try (SavedModelEngine fragile =
        open(bundle(root, (tf, p) -> tf.math.div(TinyBundle.logits(tf, p), pixel30(tf, p))))) {
      PreparedSpectrum good = spectrum("good", Map.of(STAR, 3f));
      PreparedSpectrum bad = spectrum("bad", Map.of(STAR, 3f, 30, 0f));
      PreparedSpectrum worse = spectrum("worse", Map.of(STAR, 2f, 30, 0f));
      assertThatThrownBy(() -> fragile.infer(List.of(good, bad, good, worse, good)))
          .isInstanceOf(SpectrumFailedException.class)
          .hasMessageContaining("2 of 5 spectra: bad, worse")
          .asInstanceOf(InstanceOfAssertFactories.type(SpectrumFailedException.class))
          .extracting(SpectrumFailedException::spectrumIds)
          .isEqualTo(List.of("bad", "worse"));
      assertThat(fragile.infer(List.of(good, good, good))).hasSize(3);
    }
  }

  @Test
  void shouldBlameTheModelWhereItCannotAnswerItsReferenceSpectrumEither(@TempDir Path root)
      throws IOException {
    try (SavedModelEngine broken =
        open(bundle(root, (tf, p) -> tf.math.div(TinyBundle.logits(tf, p), tf.constant(0f))))) {
      assertThatThrownBy(() -> broken.infer(random(3, 1)))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("classifier gives")
          .hasMessageContaining("for the reference spectrum: the network is broken");
      assertThatThrownBy(broken::warmUp).isInstanceOf(ModelException.class);
    }
  }

  @Test
  void shouldRefuseAnEnsembleWhoseOutputIsNoDistribution(@TempDir Path root) throws IOException {
    Path directory = root.resolve("tiny/1");
    TinyBundle.exportNetworks(root.resolve("other"));
    TinyBundle.export(directory.resolve("classifier"), "logits", TinyBundle::logits);
    TinyBundle.export(
        directory.resolve("galaxy"),
        "distribution",
        (tf, p) -> tf.math.mul(TinyBundle.distribution(tf, p), tf.constant(0f)));
    java.nio.file.Files.move(root.resolve("other/qso"), directory.resolve("qso"));
    ModelCards.write(TinyBundle.card(directory), directory.resolve(ModelCards.FILE));
    try (SavedModelEngine broken = open(directory)) {
      assertThatThrownBy(broken::warmUp)
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("probabilities that add up to 0.0, not 1");
    }
  }

  @Test
  void shouldRefuseNetworksThatDoNotFitTheCard(@TempDir Path root) throws IOException {
    Path directory = TinyBundle.write(root);
    Network right = TinyBundle.network("classifier", "logits");
    refuses(
        directory,
        new Network("classifier", "serve", "classify", "spectra", "logits", "unit-norm"),
        CLASSES,
        "has no signature 'classify'");
    refuses(
        directory,
        new Network("classifier", "gpu", "serving_default", "spectra", "logits", "unit-norm"),
        CLASSES,
        "with tag 'gpu' does not load");
    refuses(
        directory,
        new Network("classifier", "serve", "serving_default", "flux", "logits", "unit-norm"),
        CLASSES,
        "has no input 'flux', but [spectra]");
    refuses(
        directory,
        new Network("classifier", "serve", "serving_default", "spectra", "p", "unit-norm"),
        CLASSES,
        "has no output 'p', but [logits]");
    refuses(
        directory,
        new Network("classifier", "serve", "serving_default", "spectra", "logits", "contrast2"),
        CLASSES,
        "input 'spectra' is of shape [N, 40, 1]; the card says [N, 40, 2]");
    refuses(
        directory,
        right,
        List.of("GALAXY", "GALAXY_AGN", "QSO"),
        "output 'logits' is of shape [N, 4]; the card says [N, 3]");
  }

  @Test
  void shouldRunInTheBatchSizesThatASiteWants() {
    ModelBundle large = ModelBundle.open(folder.resolve("tiny/1")).withBatchSizes(List.of(2, 16));
    try (SavedModelEngine other = SavedModelEngine.open(large, EngineOptions.DEFAULT)) {
      other.warmUp();
      long before = other.statistics().rows();
      List<PreparedSpectrum> batch =
          java.util.stream.IntStream.range(0, 11)
              .mapToObj(i -> spectrum("s" + i, Map.of(STAR, 3f))) // no redshift network
              .toList();
      assertThat(other.infer(batch)).hasSize(11);
      assertThat(other.statistics().rows() - before).isEqualTo(16);
    }
  }

  @Test
  void shouldRefuseToRunOnAGpuThatIsNotThere() throws IOException {
    ModelBundle bundle = ModelBundle.open(folder.resolve("tiny/1"));
    EngineOptions gpu = new EngineOptions(1, 1, DeviceChoice.GPU, Precision.AUTO);
    org.junit.jupiter.api.Assumptions.assumeFalse(
        java.nio.file.Files.exists(Path.of("/dev/nvidia0")), "there is a GPU here");
    assertThatThrownBy(() -> SavedModelEngine.open(bundle, gpu))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("gpu:0 is asked for, but TensorFlow cannot use it")
        .hasMessageContaining("build for processors alone (build with -Pgpu)");
  }

  private static void refuses(
      Path directory, Network classifier, List<String> classes, String message) throws IOException {
    ModelCard c = TinyBundle.card(directory);
    ModelCards.write(
        new ModelCard(
            c.name(),
            c.version(),
            c.description(),
            c.grid(),
            c.batchSizes(),
            new Classifier(classifier, classes, 1),
            c.redshifts().stream().filter(r -> classes.containsAll(r.classes())).toList(),
            c.acceptance(),
            c.provenance(),
            c.metrics(),
            c.sha256()),
        directory.resolve(ModelCards.FILE));
    assertThatThrownBy(() -> open(directory).close())
        .isInstanceOf(ModelException.class)
        .hasMessageContaining(message);
  }

  private static Path bundle(Path root, TinyBundle.Body classifier) throws IOException {
    Path directory = root.resolve("tiny/1");
    TinyBundle.exportNetworks(root.resolve("other"));
    TinyBundle.export(directory.resolve("classifier"), "logits", classifier);
    for (String network : List.of("galaxy", "qso")) {
      java.nio.file.Files.move(root.resolve("other").resolve(network), directory.resolve(network));
    }
    ModelCards.write(TinyBundle.card(directory), directory.resolve(ModelCards.FILE));
    return directory;
  }

  private static Operand<TFloat32> pixel30(Ops tf, Operand<TFloat32> pixels) {
    return tf.slice(pixels, tf.constant(new int[] {0, 30}), tf.constant(new int[] {-1, 1}));
  }

  private static SavedModelEngine open(Path directory) {
    return SavedModelEngine.open(ModelBundle.open(directory), EngineOptions.DEFAULT);
  }

  private static double log10(Inference inference) {
    return Math.log10(1 + inference.redshift().z());
  }

  private static List<PreparedSpectrum> random(int size, long seed) {
    Random random = new Random(seed);
    List<PreparedSpectrum> batch = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      PreparedSpectrum spectrum = spectrum("s" + i, Map.of());
      for (int k = 0; k < TinyBundle.PIXELS; k++) {
        spectrum.flux()[k] = random.nextFloat();
      }
      batch.add(spectrum);
    }
    return batch;
  }
}

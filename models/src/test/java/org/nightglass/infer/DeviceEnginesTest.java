package org.nightglass.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.nightglass.infer.TinyBundle.spectrum;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.prepare.PreparedSpectrum;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.proto.DeviceStepStats;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/** On logical parts of the processor, which TensorFlow treats as it does several GPUs. */
class DeviceEnginesTest {
  private static final String TWO = "cpu:0,cpu:1";

  @TempDir static Path folder;
  private static ModelBundle bundle;

  @BeforeAll
  static void write() throws IOException {
    bundle = ModelBundle.open(TinyBundle.write(folder));
  }

  @Test
  void shouldSayOnEveryDeviceWhatItSaysOnOne() {
    List<PreparedSpectrum> batch =
        IntStream.range(0, 8)
            .mapToObj(i -> spectrum("s" + i, Map.of(i % 4, 2f, 10 + i, 3f)))
            .toList();
    try (SpectrumModel one = DeviceEngines.open(bundle, options("cpu"));
        SpectrumModel two = DeviceEngines.open(bundle, options(TWO))) {
      two.warmUp();
      assertThat(one.devices()).isEqualTo(1);
      assertThat(two.devices()).isEqualTo(2);
      for (int turn = 0; turn < 4; turn++) {
        assertThat(two.infer(batch))
            .usingRecursiveFieldByFieldElementComparator()
            .isEqualTo(one.infer(batch));
      }
    }
  }

  @Test
  void shouldHandBatchesRound() {
    try (DeviceEngines engines = (DeviceEngines) DeviceEngines.open(bundle, options(TWO))) {
      for (int i = 0; i < 6; i++) {
        engines.infer(List.of(spectrum("s" + i, Map.of(3, 2f)))); // a star: the classifier alone
      }
      assertThat(engines.statisticsOfDevices())
          .extracting(EngineStatistics::runs)
          .containsExactly(3L, 3L);
      assertThat(engines.statistics().runs()).isEqualTo(6);
    }
  }

  @Test
  void shouldKeepAllDevicesAtWorkUnderSeveralThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (DeviceEngines engines = (DeviceEngines) DeviceEngines.open(bundle, options(TWO))) {
      engines.warmUp(); // a device that plans its first run is a slow one, and gets less
      List<Future<List<Inference>>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        PreparedSpectrum spectrum = spectrum("s" + i, Map.of(3, 2f));
        answers.add(threads.submit(() -> engines.infer(List.of(spectrum))));
      }
      for (Future<List<Inference>> answer : answers) {
        assertThat(answer.get()).hasSize(1);
      }
      assertThat(engines.statisticsOfDevices())
          .extracting(EngineStatistics::runs)
          .allMatch(runs -> runs > 20);
      assertThat(engines.statistics().runs()).isEqualTo(200);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void shouldRunEveryOperationOnTheDeviceThatItIsFor() {
    Devices devices = Devices.find(options(TWO));
    ModelCard.Network classifier = bundle.card().classifier().network();
    Path original = bundle.directory().resolve(classifier.path());
    for (int which = 0; which < 2; which++) {
      String device = devices.names().get(which).tensorFlowName();
      try (SavedModelBundle loaded = devices.load(original, classifier.tag(), which);
          TFloat32 input = TFloat32.tensorOf(Shape.of(1, TinyBundle.PIXELS, 1))) {
        var signature = loaded.metaGraphDef().getSignatureDefOrThrow(classifier.signature());
        RunOptions traced =
            RunOptions.newBuilder().setTraceLevel(RunOptions.TraceLevel.FULL_TRACE).build();
        try (Result run =
            loaded
                .session()
                .runner()
                .setOptions(traced)
                .feed(signature.getInputsOrThrow(classifier.input()).getName(), input)
                .fetch(signature.getOutputsOrThrow(classifier.output()).getName())
                .runAndFetchMetadata()) {
          assertThat(run.getMetadata().orElseThrow().getStepStats().getDevStatsList())
              .filteredOn(DeviceEnginesTest::computes)
              .extracting(DeviceStepStats::getDevice)
              .singleElement()
              .asString()
              .endsWith(device);
        }
      }
    }
  }

  @Test
  void shouldFindTheVariablesOfANetworkThatIsPlacedElsewhere() throws IOException {
    Path path = folder.resolve("with-variables");
    try (Graph graph = new Graph();
        Session session = new Session(graph)) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> in = tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1)));
      Variable<TFloat32> weight = tf.variable(Shape.of(1), TFloat32.class);
      session.runner().addTarget(tf.assign(weight, tf.constant(new float[] {3}))).run().close();
      SavedModelBundle.exporter(path.toString())
          .withSession(session)
          .withSignature(
              Signature.builder("serve")
                  .input("x", in)
                  .output("y", tf.math.mul(in, weight))
                  .build())
          .export();
    }
    try (SavedModelBundle loaded = Devices.find(options(TWO)).load(path, "serve", 1);
        TFloat32 input = TFloat32.vectorOf(2, 5)) {
      try (Result result = loaded.function("serve").call(Map.of("x", input))) {
        TFloat32 output = (TFloat32) result.get("y").orElseThrow();
        assertThat(List.of(output.getFloat(0), output.getFloat(1))).containsExactly(6f, 15f);
      }
    }
  }

  @Test
  void shouldLeaveNoCopyOfANetworkBehind() throws IOException {
    long before = copies();
    try (SpectrumModel two = DeviceEngines.open(bundle, options(TWO))) {
      assertThat(copies()).isEqualTo(before);
    }
  }

  @Test
  void shouldNameTheDeviceThatIsNotThere() {
    assertThatThrownBy(() -> DeviceEngines.open(bundle, options("cpu:0,gpu:7")))
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("gpu:7 is asked for, but TensorFlow cannot use it");
  }

  /** Whether it does more than hand inputs in, outputs out and both over to the other device. */
  private static boolean computes(DeviceStepStats device) {
    return device.getNodeStatsList().stream().anyMatch(node -> !node.getNodeName().startsWith("_"));
  }

  private static long copies() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(AdaptedModel.PREFIX))
          .count();
    }
  }

  private static EngineOptions options(String device) {
    return new EngineOptions(1, 1, DeviceChoice.parse(device), Precision.AUTO);
  }
}

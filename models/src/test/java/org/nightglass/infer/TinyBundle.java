package org.nightglass.infer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.ModelCard.Classifier;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A bundle whose networks are known functions of the spectrum, so that what comes out of the engine
 * can be told beforehand.
 *
 * <p>Spectra have {@value #PIXELS} pixels. The logits are the first {@link #CLASSES} normalised
 * pixels, so the brightest of them is the class. Each redshift ensemble of distributions has two
 * members, which answer softmax of {@value #SHARPNESS} times the {@value #BINS} pixels after those,
 * the second one shifted by a pixel. The ensemble of points answers three normalised pixels.
 */
final class TinyBundle {
  static final int PIXELS = 40;
  static final int BINS = 32;
  static final double SHARPNESS = 20;
  static final List<String> CLASSES = List.of("GALAXY", "GALAXY_AGN", "QSO", "STAR");
  static final ModelGrid GRID = new ModelGrid(3.58, 1e-3, PIXELS);
  static final double BIN_STEP = 0.01;

  private TinyBundle() {}

  /** Writes the bundle and returns its folder. */
  static Path write(Path root) throws IOException {
    Path directory = root.resolve("tiny").resolve("1");
    exportNetworks(directory);
    ModelCards.write(card(directory), directory.resolve(ModelCards.FILE));
    return directory;
  }

  static void exportNetworks(Path directory) throws IOException {
    export(directory.resolve("classifier"), "logits", TinyBundle::logits);
    export(directory.resolve("galaxy"), "distribution", TinyBundle::distribution);
    export(directory.resolve("qso"), "points", TinyBundle::points);
  }

  static ModelCard card(Path directory) throws IOException {
    return new ModelCard(
        "tiny",
        "1",
        "known functions",
        GRID,
        List.of(1, 4, 8),
        new Classifier(network("classifier", "logits"), CLASSES, 2.0),
        List.of(
            new Redshift(
                List.of("GALAXY", "GALAXY_AGN"),
                network("galaxy", "distribution"),
                RedshiftKind.DISTRIBUTION,
                2,
                0.0,
                BIN_STEP,
                BINS,
                null,
                null),
            new Redshift(
                List.of("QSO"),
                network("qso", "points"),
                RedshiftKind.POINTS,
                3,
                null,
                null,
                null,
                10.0,
                null)),
        new Acceptance(0.5, 0.5, 0.01, 1, 0.5),
        Map.of("command", "test"),
        Map.of("simulated.GALAXY.nmad", 1e-4),
        ModelBundle.checksums(directory));
  }

  static Network network(String path, String output) {
    return new Network(path, "serve", "serving_default", "spectra", output, "unit-norm");
  }

  /** A spectrum whose pixels are those given, and 0.1 elsewhere. */
  static PreparedSpectrum spectrum(String id, Map<Integer, Float> pixels) {
    float[] flux = new float[PIXELS];
    float[] ivar = new float[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      flux[i] = pixels.getOrDefault(i, 0.1f);
      ivar[i] = 1;
    }
    return new PreparedSpectrum(observation(id), flux, ivar, 5, 1);
  }

  static Observation observation(String id) {
    return new Observation(
        id,
        "t-" + id,
        ObjectKind.TARGET,
        "test",
        "dark",
        "f",
        "e",
        1,
        null,
        null,
        59_000,
        null,
        "1",
        null,
        null);
  }

  interface Body {
    Operand<TFloat32> build(Ops tf, Operand<TFloat32> pixels);
  }

  /** Exports a function of {@code [N, pixels]} as a network over {@code [N, pixels, 1]}. */
  static void export(Path folder, String output, Body body) throws IOException {
    export(folder, network("", output), body);
  }

  /** Exports with the tag, the signature and the names of tensors that a card states. */
  static void export(Path folder, Network names, Body body) throws IOException {
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      Placeholder<TFloat32> spectra =
          tf.placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, PIXELS, 1)));
      Operand<TFloat32> pixels = tf.reshape(spectra, tf.constant(new int[] {-1, PIXELS}));
      Operand<TFloat32> outputs = body.build(tf, pixels);
      Signature signature =
          Signature.builder(names.signature())
              .input(names.input(), spectra)
              .output(names.output(), outputs)
              .build();
      Files.createDirectories(folder.getParent());
      try (Session session = new Session(graph)) {
        SavedModelBundle.exporter(folder.toString())
            .withTags(names.tag())
            .withSession(session)
            .withSignature(signature)
            .export();
      }
    }
  }

  static Operand<TFloat32> logits(Ops tf, Operand<TFloat32> pixels) {
    return slice(tf, pixels, 0, CLASSES.size());
  }

  static Operand<TFloat32> distribution(Ops tf, Operand<TFloat32> pixels) {
    Operand<TFloat32> first = slice(tf, pixels, CLASSES.size(), BINS);
    Operand<TFloat32> second = slice(tf, pixels, CLASSES.size() + 1, BINS);
    Operand<TFloat32> both =
        tf.stack(List.of(first, second), org.tensorflow.op.core.Stack.axis(1L));
    return tf.nn.softmax(tf.math.mul(both, tf.constant((float) SHARPNESS)));
  }

  private static Operand<TFloat32> points(Ops tf, Operand<TFloat32> pixels) {
    return slice(tf, pixels, 10, 3);
  }

  static Operand<TFloat32> slice(Ops tf, Operand<TFloat32> pixels, int from, int size) {
    return tf.slice(pixels, tf.constant(new int[] {0, from}), tf.constant(new int[] {-1, size}));
  }
}

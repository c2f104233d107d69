package org.nightglass.infer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A copy of a SavedModel made to suit where it is to run, as long as it is open: its products of
 * bfloat16 numbers, its every operation asking for one device, or both.
 *
 * <p>TensorFlow puts what asks for no device on the first GPU, and lets a session be told otherwise
 * only once for the whole process. Operations that the device cannot do are done elsewhere, by soft
 * placement. Only the graph is copied; variables and assets are links to the original's.
 */
final class AdaptedModel implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AdaptedModel.class);

  /** Of the copies' names: whose they are. */
  static final String PREFIX = "nightglass-model-%d-".formatted(ProcessHandle.current().pid());

  private static final String GRAPH = "saved_model.pb";

  private final Path directory;

  private AdaptedModel(Path directory) {
    this.directory = directory;
  }

  /**
   * @param original folder of a SavedModel
   * @param precision of its products: {@link Precision#BFLOAT16}, or as they are
   * @param device for all its operations that do not ask for one themselves; null = none
   * @throws ModelException if it cannot be copied
   */
  static AdaptedModel of(Path original, Precision precision, @Nullable Device device) {
    try {
      AdaptedModel adapted = new AdaptedModel(Files.createTempDirectory(PREFIX));
      try {
        adapted.write(original, precision, device);
        return adapted;
      } catch (IOException e) {
        adapted.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException(
          "network %s cannot be adapted to %s%s: %s"
              .formatted(original, precision, device == null ? "" : " on " + device, e),
          e);
    }
  }

  private void write(Path original, Precision precision, @Nullable Device device)
      throws IOException {
    try (InputStream in = Files.newInputStream(original.resolve(GRAPH));
        OutputStream out = Files.newOutputStream(directory.resolve(GRAPH))) {
      SavedModel.Builder model = SavedModel.parseFrom(in).toBuilder();
      for (MetaGraphDef.Builder graph : model.getMetaGraphsBuilderList()) {
        if (precision == Precision.BFLOAT16) {
          int products = Bfloat16Graph.rewrite(graph.getGraphDefBuilder(), readFromOutside(graph));
          log.debug("{}: {} products of bfloat16 numbers", original, products);
        }
        if (device != null) {
          pin(graph.getGraphDefBuilder(), device.tensorFlowName());
        }
      }
      model.build().writeTo(out);
    }
    try (Stream<Path> parts = Files.list(original)) {
      for (Path part : parts.filter(part -> !part.endsWith(GRAPH)).toList()) {
        Files.createSymbolicLink(directory.resolve(part.getFileName()), part.toAbsolutePath());
      }
    }
  }

  private static Set<String> readFromOutside(MetaGraphDef.Builder graph) {
    Set<String> names = new HashSet<>();
    for (SignatureDef signature : graph.getSignatureDefMap().values()) {
      for (TensorInfo output : signature.getOutputsMap().values()) {
        names.add(Bfloat16Graph.operation(output.getName()));
      }
    }
    return names;
  }

  private static void pin(GraphDef.Builder graph, String device) {
    pin(graph.getNodeBuilderList(), device);
    for (FunctionDef.Builder function : graph.getLibraryBuilder().getFunctionBuilderList()) {
      pin(function.getNodeDefBuilderList(), device);
    }
  }

  private static void pin(List<NodeDef.Builder> nodes, String device) {
    for (NodeDef.Builder node : nodes) {
      if (node.getDevice().isEmpty()) {
        node.setDevice(device);
      }
    }
  }

  /** The copy's folder. */
  Path directory() {
    return directory;
  }

  @Override
  public void close() {
    try (Stream<Path> parts = Files.walk(directory)) {
      for (Path part : parts.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(part);
      }
    } catch (IOException e) {
      throw new ModelException("%s cannot be removed: %s".formatted(directory, e), e);
    }
  }
}

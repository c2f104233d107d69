package org.nightglass.infer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/**
 * A copy of a SavedModel whose every operation asks for one device, as long as it is open.
 *
 * <p>TensorFlow puts what asks for nothing on the first GPU, and lets a session be told otherwise
 * only once for the whole process. Operations that the device cannot do are done elsewhere, by soft
 * placement. Only the graph is copied; variables and assets are links to the original's.
 */
final class PinnedModel implements AutoCloseable {
  private static final String GRAPH = "saved_model.pb";

  private final Path directory;

  private PinnedModel(Path directory) {
    this.directory = directory;
  }

  /**
   * @param original folder of a SavedModel
   * @param device for all its operations that do not ask for one themselves
   * @throws ModelException if it cannot be copied
   */
  static PinnedModel of(Path original, Device device) {
    try {
      PinnedModel pinned = new PinnedModel(Files.createTempDirectory("nightglass-pinned"));
      try {
        pinned.write(original, device);
        return pinned;
      } catch (IOException e) {
        pinned.close();
        throw e;
      }
    } catch (IOException e) {
      throw new ModelException(
          "network %s cannot be placed on %s: %s".formatted(original, device, e), e);
    }
  }

  private void write(Path original, Device device) throws IOException {
    try (InputStream in = Files.newInputStream(original.resolve(GRAPH));
        OutputStream out = Files.newOutputStream(directory.resolve(GRAPH))) {
      pin(SavedModel.parseFrom(in), device.tensorFlowName()).writeTo(out);
    }
    try (Stream<Path> parts = Files.list(original)) {
      for (Path part : parts.filter(part -> !part.endsWith(GRAPH)).toList()) {
        Files.createSymbolicLink(directory.resolve(part.getFileName()), part.toAbsolutePath());
      }
    }
  }

  private static SavedModel pin(SavedModel model, String device) {
    SavedModel.Builder pinned = model.toBuilder();
    for (MetaGraphDef.Builder graph : pinned.getMetaGraphsBuilderList()) {
      GraphDef.Builder def = graph.getGraphDefBuilder();
      pin(def.getNodeBuilderList(), device);
      FunctionDefLibrary.Builder functions = def.getLibraryBuilder();
      for (FunctionDef.Builder function : functions.getFunctionBuilderList()) {
        pin(function.getNodeDefBuilderList(), device);
      }
    }
    return pinned.build();
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

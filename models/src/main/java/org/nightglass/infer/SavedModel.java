package org.nightglass.infer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * One network, loaded: float32 {@code [N, pixels, channels]} in, float32 {@code [N, …]} out.
 *
 * <p>Safe for use by several threads: TensorFlow's sessions are. Owned by whoever loaded it, who
 * closes it after the last call has returned.
 */
public final class SavedModel implements AutoCloseable {
  private final String name;
  private final SavedModelBundle bundle;
  private final Normalisation normalisation;
  private final String input;
  private final String output;
  private final int inputSize;
  private final long[] inputShape;
  private final int outputSize;
  private final LongAdder asked = new LongAdder();

  private SavedModel(
      String name, SavedModelBundle bundle, Network network, int pixels, int... outputShape) {
    this.name = name;
    this.bundle = bundle;
    this.normalisation = Normalisations.byName(network.normalisation());
    this.inputShape = new long[] {0, pixels, normalisation.channels()};
    this.inputSize = pixels * normalisation.channels();
    this.outputSize = Arrays.stream(outputShape).reduce(1, Math::multiplyExact);
    SignatureDef signature = signature(network);
    long[] wantedOutput = new long[outputShape.length + 1];
    for (int i = 0; i < outputShape.length; i++) {
      wantedOutput[i + 1] = outputShape[i];
    }
    this.input = tensor("input", network.input(), signature.getInputsMap(), inputShape);
    this.output = tensor("output", network.output(), signature.getOutputsMap(), wantedOutput);
    if (signature.getInputsCount() > 1) {
      throw fault("signature has inputs %s; one is expected", signature.getInputsMap().keySet());
    }
  }

  /**
   * @param directory the bundle's folder
   * @param network what the card says of the network
   * @param devices how to run it
   * @param which of the devices to run it on
   * @param pixels of the card's grid
   * @param outputShape what the card lets expect of the output, without the batch
   * @throws ModelException if it does not load, or is not what the card says
   */
  public static SavedModel load(
      Path directory, Network network, Devices devices, int which, int pixels, int... outputShape) {
    Path path = directory.resolve(network.path());
    SavedModelBundle bundle;
    try {
      bundle = devices.load(path, network.tag(), which);
    } catch (TensorFlowException e) {
      throw new ModelException(
          "network %s with tag '%s' does not load: %s"
              .formatted(path, network.tag(), e.getMessage()),
          e);
    }
    try {
      return new SavedModel(path.toString(), bundle, network, pixels, outputShape);
    } catch (RuntimeException e) {
      bundle.close();
      throw e;
    }
  }

  /** How the network wants its input. */
  Normalisation normalisation() {
    return normalisation;
  }

  /** Rows that it was asked about, padding left out. */
  long asked() {
    return asked.sum();
  }

  /** What it costs by its graph. */
  NetworkCost cost() {
    return NetworkCost.of(bundle);
  }

  /** Numbers of one spectrum's input. */
  public int inputSize() {
    return inputSize;
  }

  /** Numbers of one spectrum's output. */
  public int outputSize() {
    return outputSize;
  }

  /**
   * Runs the network on some rows, padded up to a batch with copies of the first one.
   *
   * @param rows normalised input, {@link #inputSize} numbers each
   * @param which the rows to run, in order; at least one
   * @param batch how many rows TensorFlow sees, {@code which.length} or more
   * @return {@link #outputSize} numbers for each of {@code which}, an array each; padding is
   *     dropped
   * @throws ModelException if TensorFlow fails
   */
  public float[][] run(float[][] rows, int[] which, int batch) {
    asked.add(which.length);
    long[] shape = inputShape.clone();
    shape[0] = batch;
    // Every tensor and result is native memory that no garbage collector sees.
    try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(shape))) {
      feed(tensor.asRawTensor().data().asFloats(), rows, which, batch);
      try (Result result = bundle.session().runner().feed(input, tensor).fetch(output).run()) {
        TFloat32 outputs = (TFloat32) result.get(0);
        if (outputs.size() != (long) batch * outputSize) {
          throw fault(
              "output is of shape %s, but %d rows of %d numbers are expected",
              outputs.shape(), batch, outputSize);
        }
        FloatDataBuffer numbers = outputs.asRawTensor().data().asFloats();
        float[][] kept = new float[which.length][outputSize];
        for (int i = 0; i < kept.length; i++) {
          numbers.offset((long) i * outputSize).read(kept[i], 0, outputSize);
        }
        return kept;
      }
    } catch (TensorFlowException e) {
      throw new ModelException(
          "network %s fails on a batch of %d: %s".formatted(name, batch, e.getMessage()), e);
    }
  }

  /** A row goes in one bulk write: element-wise writes cost ten times. */
  private void feed(FloatDataBuffer buffer, float[][] rows, int[] which, int batch) {
    for (int at = 0; at < batch; at++) {
      float[] row = rows[which[at < which.length ? at : 0]];
      buffer.offset((long) at * inputSize).write(row, 0, inputSize);
    }
  }

  private SignatureDef signature(Network network) {
    var signatures = bundle.metaGraphDef().getSignatureDefMap();
    SignatureDef signature = signatures.get(network.signature());
    if (signature == null) {
      throw fault("it has no signature '%s', but %s", network.signature(), signatures.keySet());
    }
    return signature;
  }

  private String tensor(
      String role, String key, java.util.Map<String, TensorInfo> tensors, long[] wanted) {
    TensorInfo info = tensors.get(key);
    if (info == null) {
      throw fault("its signature has no %s '%s', but %s", role, key, tensors.keySet());
    }
    if (info.getDtype() != DataType.DT_FLOAT) {
      throw fault("its %s '%s' is of type %s, not DT_FLOAT", role, key, info.getDtype());
    }
    TensorShapeProto shape = info.getTensorShape();
    boolean fits = shape.getUnknownRank() || shape.getDimCount() == wanted.length;
    for (int i = 0; fits && i < shape.getDimCount(); i++) {
      long size = shape.getDim(i).getSize();
      // The batch must be free, the rest what the card says or unknown.
      fits = size == -1 || (i > 0 && size == wanted[i]);
    }
    if (!fits) {
      List<Object> found = new ArrayList<>();
      shape.getDimList().forEach(dim -> found.add(dim.getSize() == -1 ? "N" : dim.getSize()));
      List<Object> expected = new ArrayList<>(List.of("N"));
      for (int i = 1; i < wanted.length; i++) {
        expected.add(wanted[i]);
      }
      throw fault("its %s '%s' is of shape %s; the card says %s", role, key, found, expected);
    }
    return info.getName();
  }

  private ModelException fault(String message, Object... values) {
    return new ModelException("network " + name + ": " + message.formatted(values));
  }

  @Override
  public String toString() {
    return "network " + name;
  }

  @Override
  public void close() {
    bundle.close();
  }
}

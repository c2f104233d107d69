package org.nightglass.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nightglass.infer.Devices;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.NetworkCost;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.Normalisation;
import org.nightglass.prepare.Normalisations;
import org.nightglass.prepare.PreparedSpectrum;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

/**
 * The ceiling: TensorFlow's sessions on tensors that are ready and stay ready.
 *
 * <p>Nothing is decoded, prepared, normalised, copied in, padded or read out. The classifier sees
 * every spectrum, an ensemble those that the model asks it about, all in equal batches as near as
 * can be to the size that the application aims at.
 */
final class RawSession implements AutoCloseable {
  private record Batch(SavedModelBundle network, String input, String output, TFloat32 tensor) {}

  private final List<SavedModelBundle> networks = new ArrayList<>();
  private final List<Batch> batches = new ArrayList<>();
  private final int spectra;
  private final Precision precision;
  private double flop;
  private double bytes;

  private RawSession(int spectra, Precision precision) {
    this.spectra = spectra;
    this.precision = precision;
  }

  /**
   * @param bundle whose networks to run
   * @param model the same bundle, open: says which spectra go to which ensemble
   * @param spectra what to run on
   * @param batchSize rows of a full batch, about
   */
  static RawSession open(
      ModelBundle bundle,
      SpectrumModel model,
      EngineOptions options,
      List<PreparedSpectrum> spectra,
      int batchSize) {
    Devices devices = Devices.find(options);
    RawSession session = new RawSession(spectra.size(), devices.precision());
    ModelCard card = bundle.card();
    int[] all = IntStream.range(0, spectra.size()).toArray();
    session.add(bundle.directory(), card.classifier().network(), devices, spectra, all, batchSize);
    Asked asked = Asked.of(model, spectra);
    for (int e = 0; e < card.redshifts().size(); e++) {
      int network = 1 + e;
      int[] rows = Arrays.stream(all).filter(i -> asked.is(network, i)).toArray();
      Redshift redshift = card.redshifts().get(e);
      Devices own = redshift.kind() == RedshiftKind.POINTS ? devices.exactly() : devices;
      session.add(bundle.directory(), redshift.network(), own, spectra, rows, batchSize);
    }
    session.batches.forEach(RawSession::run); // TensorFlow plans anew for each size
    return session;
  }

  private void add(
      Path directory,
      ModelCard.Network network,
      Devices devices,
      List<PreparedSpectrum> spectra,
      int[] rows,
      int batchSize) {
    SavedModelBundle loaded = devices.load(directory.resolve(network.path()), network.tag(), 0);
    networks.add(loaded);
    NetworkCost cost = NetworkCost.of(loaded);
    SignatureDef signature = loaded.metaGraphDef().getSignatureDefMap().get(network.signature());
    if (signature == null) {
      throw new IllegalStateException(network + " has no such signature");
    }
    String input = signature.getInputsOrThrow(network.input()).getName();
    String output = signature.getOutputsOrThrow(network.output()).getName();
    Normalisation normalisation = Normalisations.byName(network.normalisation());
    int parts = (int) Math.max(1, Math.round((double) rows.length / batchSize));
    flop += cost.flop() * rows.length;
    bytes += cost.bytes() * rows.length + cost.weightBytes() * parts;
    for (int part = 0; part < parts; part++) {
      int[] some =
          Arrays.copyOfRange(rows, part * rows.length / parts, (part + 1) * rows.length / parts);
      batches.add(new Batch(loaded, input, output, tensor(spectra, some, normalisation)));
    }
  }

  private static TFloat32 tensor(
      List<PreparedSpectrum> spectra, int[] rows, Normalisation normalisation) {
    int pixels = spectra.get(0).flux().length;
    int width = pixels * normalisation.channels();
    float[] values = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      normalisation.write(spectra.get(rows[i]), values, i * width);
    }
    TFloat32 tensor = TFloat32.tensorOf(Shape.of(rows.length, pixels, normalisation.channels()));
    tensor.asRawTensor().data().asFloats().write(values);
    return tensor;
  }

  /** What its products are of. */
  Precision precision() {
    return precision;
  }

  /** Floating-point operations a spectrum, with the night's mix of classes. */
  double flopPerSpectrum() {
    return flop / spectra;
  }

  /** Bytes that go between operations and memory a spectrum, if no cache holds any of them. */
  double bytesPerSpectrum() {
    return bytes / spectra;
  }

  /** Runs every batch so many times, in turn. */
  Measurement measure(Crew crew, int passes) throws InterruptedException {
    return crew.measure(
        passes * batches.size(),
        (long) passes * spectra,
        i -> run(batches.get(i % batches.size())));
  }

  private static void run(Batch batch) {
    try (Result unused =
        batch
            .network()
            .session()
            .runner()
            .feed(batch.input(), batch.tensor())
            .fetch(batch.output())
            .run()) {
      // The numbers stay where they are.
    }
  }

  @Override
  public void close() {
    batches.forEach(batch -> batch.tensor().close());
    networks.forEach(SavedModelBundle::close);
  }
}

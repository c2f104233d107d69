package org.nightglass.infer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.Network;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.ModelCard.RedshiftKind;
import org.nightglass.infer.ModelCard.SecondOpinion;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * Runs a bundle's SavedModels.
 *
 * <pre>
 *  batch ──► classifier ──► class (Inference.best) ──► its class's redshift ensemble, run once for all
 *            (every row)                            spectra of the classes that share it
 *                                                      │
 *                        spectra in doubt: the other ensembles too, ClassEnsembles.revise, best class
 * </pre>
 *
 * Only a card with a {@link SecondOpinion} has anything in doubt.
 *
 * <p>TensorFlow plans anew for every batch size it meets, which costs seconds for a large network.
 * So a batch is run in pieces of the card's batch sizes, the last of them padded up with copies of
 * a real row, whose outputs are dropped ({@link BatchSizes}).
 *
 * <p>A network that answers a spectrum with a number that is not finite is asked to answer the
 * engine's reference spectrum. If it can, the spectrum is at fault ({@link
 * SpectrumFailedException}); if not, the model is ({@link ModelException}).
 *
 * <p>Safe for use by several threads. {@link #close} must come after the last call has returned.
 */
public final class SavedModelEngine implements SpectrumModel {
  private final ModelCard card;
  private final Precision precision;
  private final BatchSizes sizes;
  private final SavedModel classifier;
  private final List<SavedModel> ensembles;
  private final List<RedshiftDecoder> decoders;
  private final ClassEnsembles ensembleOf;
  private final PreparedSpectrum reference;
  private final LongAdder runs = new LongAdder();
  private final LongAdder rowsRun = new LongAdder();

  private SavedModelEngine(
      ModelCard card, Precision precision, SavedModel classifier, List<SavedModel> ensembles) {
    this.card = card;
    this.precision = precision;
    this.sizes = new BatchSizes(card.batchSizes());
    this.classifier = classifier;
    this.ensembles = ensembles;
    this.decoders = card.redshifts().stream().map(RedshiftDecoder::new).toList();
    this.ensembleOf =
        new ClassEnsembles(
            card.classifier().classes(), card.redshifts().stream().map(Redshift::classes).toList());
    this.reference = ReferenceSpectrum.on(card.grid());
  }

  /**
   * Loads every network of a bundle on one device: the first that is asked for.
   *
   * @throws ModelException if a network does not load or does not fit the card, or if a device was
   *     asked for that TensorFlow cannot use
   * @see DeviceEngines for all of them
   */
  public static SavedModelEngine open(ModelBundle bundle, EngineOptions options) {
    return open(bundle, Devices.find(options), 0);
  }

  /** Loads every network of a bundle on one of the devices. */
  static SavedModelEngine open(ModelBundle bundle, Devices devices, int which) {
    ModelCard card = bundle.card();
    List<SavedModel> loaded = new ArrayList<>();
    try {
      int pixels = card.grid().pixels();
      Network classifier = card.classifier().network();
      int classes = card.classifier().outputs();
      loaded.add(SavedModel.load(bundle.directory(), classifier, devices, which, pixels, classes));
      for (Redshift r : card.redshifts()) {
        int[] shape = r.shape();
        Devices own = r.kind() == RedshiftKind.POINTS ? devices.exactly() : devices;
        loaded.add(SavedModel.load(bundle.directory(), r.network(), own, which, pixels, shape));
      }
    } catch (RuntimeException e) {
      loaded.forEach(SavedModel::close);
      throw e;
    }
    List<SavedModel> ensembles = List.copyOf(loaded.subList(1, loaded.size()));
    return new SavedModelEngine(card, devices.precision(), loaded.get(0), ensembles);
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public Precision precision() {
    return precision;
  }

  /**
   * {@inheritDoc}
   *
   * @throws ModelException if a network cannot run, or cannot answer the reference spectrum
   */
  @Override
  public void warmUp() {
    for (int size : card.batchSizes()) {
      answersReference(classifier, size, true);
      for (int e = 0; e < ensembles.size(); e++) {
        float[] output = answersReference(ensembles.get(e), size, true);
        decoders.get(e).decode(output, 0, 1);
      }
    }
  }

  /**
   * {@inheritDoc}
   *
   * @throws SpectrumFailedException if the model runs, but gives numbers that are not finite for
   *     some spectra of the batch; none of the batch has a result then
   * @throws IllegalArgumentException if a spectrum is not on the card's grid
   */
  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    Inputs inputs = new Inputs(batch, card.grid().pixels());
    int[] all = IntStream.range(0, batch.size()).toArray();
    Consultation consultation =
        new Consultation(
            card.classifier(), ensembleOf, ensembles.size(), classify(batch, inputs, all));
    ask(batch, inputs, consultation, consultation::atFirst);
    ask(batch, inputs, consultation, consultation::then);
    return Arrays.stream(all).mapToObj(consultation::conclude).toList();
  }

  /** Which ensembles are asked about which spectra of a batch. */
  private interface Asking {
    boolean asks(int spectrum, int ensemble);
  }

  /** Runs each ensemble on the spectra that it is to be asked about. */
  private void ask(
      List<PreparedSpectrum> batch, Inputs inputs, Consultation consultation, Asking whom) {
    for (int e = 0; e < ensembles.size(); e++) {
      int ensemble = e;
      int[] rows = IntStream.range(0, batch.size()).filter(i -> whom.asks(i, ensemble)).toArray();
      estimate(batch, inputs, rows, e, consultation.estimates(e));
    }
  }

  private ClassProbabilities[] classify(List<PreparedSpectrum> batch, Inputs inputs, int[] rows) {
    float[][] logits = run(classifier, batch, inputs, rows);
    ClassProbabilities[] probabilities = new ClassProbabilities[rows.length];
    for (int i = 0; i < rows.length; i++) {
      probabilities[i] = ClassProbabilities.of(logits[i], 0, card.classifier());
    }
    return probabilities;
  }

  private void estimate(
      List<PreparedSpectrum> batch,
      Inputs inputs,
      int[] rows,
      int ensemble,
      @Nullable RedshiftEstimate[] redshifts) {
    if (rows.length == 0) {
      return;
    }
    SavedModel network = ensembles.get(ensemble);
    RedshiftDecoder decoder = decoders.get(ensemble);
    float[][] outputs = run(network, batch, inputs, rows);
    for (int i = 0; i < rows.length; i++) {
      redshifts[rows[i]] = decoder.decode(outputs[i], 0, batch.get(rows[i]).snr());
    }
  }

  /** Runs a network on some rows of the batch, in pieces of allowed sizes. */
  private float[][] run(
      SavedModel network, List<PreparedSpectrum> batch, Inputs inputs, int[] rows) {
    float[][] normalised = inputs.of(network.normalisation(), rows);
    float[][] outputs = new float[rows.length][];
    int from = 0;
    while (from < rows.length) {
      int size = sizes.next(rows.length - from);
      int[] piece = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size));
      float[][] output = network.run(normalised, piece, size);
      runs.increment();
      rowsRun.add(size);
      System.arraycopy(output, 0, outputs, from, output.length);
      from += piece.length;
    }
    refuseNonFinite(network, batch, rows, outputs);
    return outputs;
  }

  private void refuseNonFinite(
      SavedModel network, List<PreparedSpectrum> batch, int[] rows, float[][] outputs) {
    SortedSet<Integer> failed = new TreeSet<>();
    for (int i = 0; i < outputs.length; i++) {
      if (!isFinite(outputs[i])) {
        failed.add(rows[i]);
      }
    }
    if (failed.isEmpty()) {
      return;
    }
    answersReference(network, card.batchSizes().get(0), false);
    List<String> ids =
        failed.stream().map(row -> batch.get(row).observation().spectrumId()).toList();
    throw new SpectrumFailedException(
        "%s gives numbers that are not finite for %d of %d spectra: %s"
            .formatted(network, ids.size(), rows.length, String.join(", ", ids)),
        ids);
  }

  /** A sum is finite where all of it is; only where it is not, each number is looked at. */
  private static boolean isFinite(float[] numbers) {
    float even = 0;
    float odd = 0;
    int i = 0;
    for (; i + 1 < numbers.length; i += 2) {
      even += numbers[i];
      odd += numbers[i + 1];
    }
    if (Float.isFinite(even + odd + (i < numbers.length ? numbers[i] : 0))) {
      return true;
    }
    for (float number : numbers) {
      if (!Float.isFinite(number)) {
        return false;
      }
    }
    return true;
  }

  private float[] answersReference(SavedModel network, int size, boolean warmingUp) {
    Inputs inputs = new Inputs(List.of(reference), card.grid().pixels());
    int[] row = {0};
    float[] output = network.run(inputs.of(network.normalisation(), row), row, size)[0];
    for (float number : output) {
      if (!Float.isFinite(number)) {
        throw new ModelException(
            "%s gives %s for the reference spectrum%s: the network is broken"
                .formatted(network, number, warmingUp ? " while warming up" : ""));
      }
    }
    return output;
  }

  @Override
  public List<NetworkCost> costs() {
    return Stream.concat(Stream.of(classifier), ensembles.stream()).map(SavedModel::cost).toList();
  }

  @Override
  public EngineStatistics statistics() {
    List<Long> spectra =
        Stream.concat(Stream.of(classifier), ensembles.stream()).map(SavedModel::asked).toList();
    return new EngineStatistics(runs.sum(), rowsRun.sum(), spectra, Pointer.totalBytes());
  }

  @Override
  public void close() {
    classifier.close();
    ensembles.forEach(SavedModel::close);
  }
}

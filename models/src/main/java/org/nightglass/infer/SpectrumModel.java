package org.nightglass.infer;

import java.util.List;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A model that classifies spectra and estimates their redshifts, a batch at a time.
 *
 * <p>Safe for use by several threads. Whoever opened it closes it, after the last call has
 * returned.
 */
public interface SpectrumModel extends AutoCloseable {

  /** What the model is and how it wants to be fed. */
  ModelCard card();

  /**
   * Runs every allowed batch size once, so that the first spectrum of the night does not wait for
   * TensorFlow to plan its graphs.
   */
  void warmUp();

  /**
   * Classifies each spectrum, then runs its class's redshift ensemble.
   *
   * @param batch one or more spectra on the card's grid
   * @return one inference a spectrum, in order
   * @throws ModelException if the model cannot run; says nothing of any one spectrum
   * @throws SpectrumFailedException if the model runs, but gives numbers that are not finite for
   *     some spectra; none of the batch has a result then
   */
  List<Inference> infer(List<PreparedSpectrum> batch);

  /** How many devices it runs on, each with batches of its own. */
  default int devices() {
    return 1;
  }

  /** What its networks' products are of, never {@link Precision#AUTO}. */
  default Precision precision() {
    return Precision.FLOAT32;
  }

  /**
   * What each network costs by its graph: the classifier, then the ensembles in the card's order,
   * as in {@link EngineStatistics#asked}; empty for a model that does not run in TensorFlow.
   */
  default List<NetworkCost> costs() {
    return List.of();
  }

  /** What it has done since it was opened. */
  default EngineStatistics statistics() {
    return EngineStatistics.NONE;
  }

  @Override
  void close();
}

package org.nightglass.batch;

import java.util.List;
import java.util.concurrent.Semaphore;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelException;
import org.nightglass.infer.ReferenceSpectrum;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * The one model of an application, shared by all its threads: a limited number of batches are in it
 * at a time, and a spectrum that makes it fail is told apart from a model that is broken.
 *
 * <p>Safe for use by several threads. Does not own the model: whoever opened it closes it.
 */
public final class SharedModel {
  private final SpectrumModel model;
  private final Semaphore permits;
  private final IsolatingRunner<PreparedSpectrum, Inference> runner;

  /**
   * @param model the model
   * @param concurrency most batches in the model at the same time; 1 for a GPU
   */
  public SharedModel(SpectrumModel model, int concurrency) {
    this.model = model;
    this.permits = new Semaphore(concurrency, true);
    PreparedSpectrum plain = ReferenceSpectrum.on(model.card().grid());
    this.runner = new IsolatingRunner<>(model::infer, () -> probe(plain));
  }

  /**
   * Infers a batch.
   *
   * @return one outcome a spectrum, in order
   * @throws ModelException if the model does not work
   */
  public List<IsolatingRunner.Outcome<Inference>> infer(List<PreparedSpectrum> batch) {
    permits.acquireUninterruptibly();
    try {
      return runner.run(batch);
    } finally {
      permits.release();
    }
  }

  private void probe(PreparedSpectrum plain) {
    try {
      List<Inference> unused = model.infer(List.of(plain));
    } catch (RuntimeException broken) {
      throw new ModelException(
          "model %s/%s does not answer even for a plain spectrum: %s"
              .formatted(model.card().name(), model.card().version(), broken.getMessage()),
          broken);
    }
  }
}

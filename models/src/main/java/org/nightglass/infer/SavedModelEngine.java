package org.nightglass.infer;

import java.util.List;
import org.nightglass.prepare.PreparedSpectrum;

/** Runs a bundle's SavedModels. */
public final class SavedModelEngine implements SpectrumModel {
  private final ModelCard card;

  private SavedModelEngine(ModelCard card) {
    this.card = card;
  }

  /**
   * Loads every network of a bundle.
   *
   * @throws ModelException if a network does not load or does not fit the card, or if a GPU was
   *     asked for and there is none
   */
  public static SavedModelEngine open(ModelBundle bundle, EngineOptions options) {
    throw new UnsupportedOperationException(bundle.directory() + " " + options);
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void warmUp() {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}

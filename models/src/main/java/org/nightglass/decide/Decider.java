package org.nightglass.decide;

import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.PreparedSpectrum;

/** Turns what a model says into what Nightglass says, by the card's acceptance. */
public final class Decider {
  private final ModelCard card;

  public Decider(ModelCard card) {
    this.card = card;
  }

  /**
   * @param spectrum what was classified
   * @param inference what the model says of it
   */
  public Decision decide(PreparedSpectrum spectrum, Inference inference) {
    throw new UnsupportedOperationException(card.name());
  }
}

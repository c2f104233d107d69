package org.nightglass.bench;

import java.util.Collections;
import java.util.List;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A model that costs nothing and says the same of everything: what is left is all that is not
 * normalisation and inference. Its results are as large as real ones.
 */
final class NoOpModel implements SpectrumModel {
  private final ModelCard card;
  private final Inference answer;

  /**
   * @param card of the bundle that it stands for
   */
  NoOpModel(ModelCard card) {
    this.card = card;
    List<String> classes = card.classifier().classes();
    double[] probabilities = new double[classes.size()];
    probabilities[0] = 1;
    RedshiftEstimate redshift =
        new RedshiftEstimate(0.5, 1e-4, new double[] {0.5, 0.5, 0.5}, 0.9, 1.0, 0.05);
    this.answer = new Inference(classes, probabilities, redshift);
  }

  @Override
  public ModelCard card() {
    return card;
  }

  @Override
  public void warmUp() {}

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    return Collections.nCopies(batch.size(), answer);
  }

  @Override
  public void close() {}
}

package org.nightglass.page;

import java.util.List;
import org.nightglass.StandInCard;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * Stands in for a model, at no cost: sure of a spectrum that has signal, unsure of one that has
 * none, and of whatever class it was selected as.
 */
final class SignalModel implements SpectrumModel {
  private static final List<String> CLASSES = List.of("GALAXY", "QSO", "STAR");
  private static final double ENOUGH = 1.2;

  @Override
  public ModelCard card() {
    return StandInCard.of("signal", CLASSES, List.of("GALAXY", "QSO"));
  }

  @Override
  public void warmUp() {}

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    return batch.stream().map(SignalModel::infer).toList();
  }

  private static Inference infer(PreparedSpectrum spectrum) {
    int fibre = spectrum.observation().fibre();
    boolean sure = spectrum.snr() > ENOUGH;
    int found = sure ? CLASSES.indexOf(FiveThousandFibres.selectedAs(fibre)) : fibre % 3;
    double[] probabilities = new double[3];
    for (int i = 0; i < probabilities.length; i++) {
      probabilities[i] = i == found ? (sure ? 0.96 : 0.4) : sure ? 0.02 : 0.3;
    }
    double z =
        CLASSES.get(found).equals("QSO") ? 0.8 + fibre % 97 / 50.0 : 0.05 + fibre % 89 / 90.0;
    double spread = sure ? 1e-4 : 0.05;
    return new Inference(
        CLASSES,
        probabilities,
        CLASSES.get(found).equals("STAR")
            ? null
            : new RedshiftEstimate(
                z, spread * (1 + z), new double[] {z - spread, z + spread}, null, null, null));
  }

  @Override
  public void close() {}
}

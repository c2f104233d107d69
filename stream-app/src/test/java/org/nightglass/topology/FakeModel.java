package org.nightglass.topology;

import java.util.ArrayList;
import java.util.List;
import org.nightglass.StandInCard;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelException;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A stand-in for a model: every spectrum is a galaxy at z = 0.1, but for those whose names ask for
 * trouble.
 */
final class FakeModel implements SpectrumModel {
  static final String POISON = "poison";

  final List<Integer> batches = new ArrayList<>();
  boolean broken;

  @Override
  public ModelCard card() {
    return StandInCard.of("fake", List.of("GALAXY", "STAR"), List.of("GALAXY"));
  }

  @Override
  public void warmUp() {}

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    batches.add(batch.size());
    if (broken) {
      throw new ModelException("out of memory");
    }
    if (batch.stream().anyMatch(s -> s.observation().spectrumId().startsWith(POISON))) {
      throw new IllegalStateException("NaN in the output");
    }
    return batch.stream()
        .map(
            spectrum ->
                new Inference(
                    List.of("GALAXY", "STAR"),
                    new double[] {0.9, 0.1},
                    new RedshiftEstimate(0.1, 0.001, new double[] {0.1, 0.1}, null, null, null)))
        .toList();
  }

  @Override
  public void close() {}
}

package org.nightglass.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelException;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.ModelGrid;
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
    ModelCard.Network network = new ModelCard.Network("n", "serve", "s", "in", "out", "unit-norm");
    return new ModelCard(
        "fake",
        "1",
        "a stand-in",
        ModelGrid.SDSS_3600,
        List.of(1, 256),
        new ModelCard.Classifier(network, List.of("GALAXY", "STAR"), 1),
        List.of(
            new ModelCard.Redshift(
                List.of("GALAXY"),
                network,
                ModelCard.RedshiftKind.POINTS,
                2,
                null,
                null,
                null,
                1.0,
                null)),
        new ModelCard.Acceptance(0.5, 0.5, 0.01, 0, 0),
        Map.of(),
        Map.of(),
        Map.of());
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

package org.nightglass;

import java.util.List;
import java.util.Map;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.ModelGrid;

/** The card of a model that stands in for one: SDSS's grid, redshifts of some classes as points. */
public final class StandInCard {
  private StandInCard() {}

  public static ModelCard of(String name, List<String> classes, List<String> withRedshift) {
    ModelCard.Network network = new ModelCard.Network("n", "serve", "s", "in", "out", "unit-norm");
    return new ModelCard(
        name,
        "1",
        "a stand-in",
        ModelGrid.SDSS_3600,
        List.of(1, 256),
        new ModelCard.Classifier(network, classes, 1),
        List.of(
            new ModelCard.Redshift(
                withRedshift,
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
}

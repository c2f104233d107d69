package org.nightglass.survey.scheduler;

import java.util.List;

/**
 * One exposure of a field, as planned.
 *
 * @param field where
 * @param seconds exposure time
 * @param targets those that are given a fibre, in the catalogue's order
 */
public record Visit(CatalogueField field, double seconds, List<CatalogueField.Target> targets) {
  public Visit {
    targets = List.copyOf(targets);
  }
}

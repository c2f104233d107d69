package org.nightglass.serve.read;

import org.jspecify.annotations.Nullable;

/**
 * Which targets are asked for; null = whichever.
 *
 * @param state name of the state
 * @param programme survey programme
 * @param field field (tile, plate)
 * @param namePrefix how the name begins
 */
public record TargetFilter(
    @Nullable String state,
    @Nullable String programme,
    @Nullable String field,
    @Nullable String namePrefix) {

  /** Whether every target passes. */
  boolean isOpen() {
    return state == null && programme == null && field == null && namePrefix == null;
  }
}

package org.nightglass.decide;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Nightglass says of a spectrum.
 *
 * @param label the class, as spelled in every output, for instance {@code GALAXY}
 * @param probability the class's probability, 0 to 1
 * @param z redshift; null where not estimated
 * @param zErr 1σ error of {@code z}; null where {@code z} is
 * @param goodZ whether the redshift is accepted ({@code ML_GOOD_Z})
 * @param warnings what speaks against it
 */
public record Decision(
    String label,
    double probability,
    @Nullable Double z,
    @Nullable Double zErr,
    boolean goodZ,
    Set<Warning> warnings) {
  public Decision {
    warnings = Set.copyOf(warnings);
  }

  /** The same decision with one more warning, which must not be one that disqualifies. */
  public Decision with(Warning warning) {
    if (warning.disqualifies()) {
      throw new IllegalArgumentException(warning + " would change what was decided");
    }
    Set<Warning> more = EnumSet.of(warning);
    more.addAll(warnings);
    return new Decision(label, probability, z, zErr, goodZ, more);
  }
}

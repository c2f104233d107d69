package org.nightglass.simulate;

import java.util.random.RandomGenerator;

/**
 * Something that a training on {@link TrainingSimulator}'s sources does not see as such.
 *
 * @param name names it to people, for instance {@code SUPERNOVA_IA}
 * @param group why it is not seen
 * @param objectClass what it really is, as a catalogue would spell it; {@code GALAXY}, {@code QSO}
 *     or {@code STAR} where a model that calls it so is right
 * @param kind what to ask the sources for
 * @param sources what to draw from
 * @param leastZ least redshift; of stars not used
 * @param greatestZ greatest redshift; of stars not used
 * @param snrFrom Å: S/N is the median over pixels from here on; 0 = over all
 */
public record UnseenKind(
    String name,
    Group group,
    String objectClass,
    SourceKind kind,
    SourceLibrary sources,
    double leastZ,
    double greatestZ,
    double snrFrom) {

  /** Why a training does not see it, which says what is to be hoped of a model. */
  public enum Group {
    /** A kind of object that is none of the trained ones: to be flagged. */
    OTHER_KIND,
    /**
     * A known kind, where no network has a bin for its redshift: never to be accepted. Trainings
     * show the like among what is no source.
     */
    BEYOND_RANGE,
    /** A known kind from templates that simulations do not draw from: to be recognised. */
    OTHER_TEMPLATES
  }

  /**
   * @throws IllegalArgumentException if the redshifts do not rise
   */
  public UnseenKind {
    if (!(leastZ > -1 && leastZ < greatestZ)) {
      throw new IllegalArgumentException(
          "%s: redshifts must rise from above -1, got %s to %s".formatted(name, leastZ, greatestZ));
    }
  }

  /** Draws a redshift, evenly in log10(1+z); of stars as surveys meet them. */
  public double drawZ(RandomGenerator random) {
    return kind.sourceClass() == SourceClass.STAR && objectClass.equals(SourceClass.STAR.name())
        ? Redshifts.draw(SourceClass.STAR, random)
        : (1 + leastZ) * Math.pow((1 + greatestZ) / (1 + leastZ), random.nextDouble()) - 1;
  }
}

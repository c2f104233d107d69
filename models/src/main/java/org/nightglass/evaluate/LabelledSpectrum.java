package org.nightglass.evaluate;

import org.jspecify.annotations.Nullable;
import org.nightglass.simulate.UnseenKind;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * A spectrum to judge a model on.
 *
 * @param id names it to people
 * @param spectrum as observed
 * @param objectClass its class, as the source spells it
 * @param subclass words after it; null or blank where there are none
 * @param z its redshift; null where it has none, as empty sky
 * @param kind why no training has seen its like; null of all else
 */
public record LabelledSpectrum(
    String id,
    ObservedSpectrum spectrum,
    String objectClass,
    @Nullable String subclass,
    @Nullable Double z,
    @Nullable UnseenKind kind) {

  /** Of what a training may have seen. */
  public LabelledSpectrum(
      String id,
      ObservedSpectrum spectrum,
      String objectClass,
      @Nullable String subclass,
      @Nullable Double z) {
    this(id, spectrum, objectClass, subclass, z, null);
  }
}

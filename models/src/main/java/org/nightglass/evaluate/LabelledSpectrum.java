package org.nightglass.evaluate;

import org.jspecify.annotations.Nullable;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * A spectrum to judge a model on.
 *
 * @param id names it to people
 * @param spectrum as observed
 * @param objectClass its class, as the source spells it
 * @param subclass words after it; null or blank where there are none
 * @param z its redshift; null where it has none, as empty sky
 */
public record LabelledSpectrum(
    String id,
    ObservedSpectrum spectrum,
    String objectClass,
    @Nullable String subclass,
    @Nullable Double z) {}

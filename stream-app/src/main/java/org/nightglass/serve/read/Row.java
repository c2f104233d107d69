package org.nightglass.serve.read;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Worth;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.decide.Warning;
import org.nightglass.policy.Policies;

/**
 * A result in short, as a night's table holds it in memory: what filters and statistics look at.
 * Names that many rows share are one object.
 *
 * @param spectrumId unique name of the spectrum
 * @param targetId unique name of the target
 * @param kind what the fibre was put on
 * @param programme survey programme
 * @param fieldId field (tile, plate)
 * @param exposureId exposure
 * @param fibre fibre number in the field
 * @param raDeg right ascension in degrees, ICRS; null where not known
 * @param decDeg declination in degrees, ICRS; null where not known
 * @param night the night, YYYYMMDD; null where not known
 * @param selectedAs class that the target was selected as; null where not known
 * @param label class found
 * @param probability its probability
 * @param z redshift; null where not estimated
 * @param zErr 1σ error of z; null where z is
 * @param modelGoodZ whether the model accepts the redshift
 * @param worth what it is worth to its programme, people's words included
 * @param warningBits warnings, as in {@link Warning}
 * @param snr median S/N a pixel
 * @param observedMillis start of the exposure, since 1970
 * @param exposureMillis its length; 0 where not known
 * @param ingestedMillis when the broker took the spectrum, since 1970
 * @param emittedMillis when the result came out, since 1970
 */
public record Row(
    String spectrumId,
    String targetId,
    ObjectKind kind,
    String programme,
    String fieldId,
    String exposureId,
    int fibre,
    @Nullable Double raDeg,
    @Nullable Double decDeg,
    @Nullable String night,
    @Nullable String selectedAs,
    String label,
    double probability,
    @Nullable Double z,
    @Nullable Double zErr,
    boolean modelGoodZ,
    Worth worth,
    int warningBits,
    double snr,
    long observedMillis,
    long exposureMillis,
    long ingestedMillis,
    long emittedMillis) {

  static Row of(SpectrumResult result, Names names, Policies policies) {
    Double seconds = result.getExposureSeconds();
    return new Row(
        result.getSpectrumId(),
        result.getTargetId(),
        result.getKind(),
        names.one(result.getProgramme()),
        names.one(result.getFieldId()),
        names.one(result.getExposureId()),
        result.getFibre(),
        result.getRaDeg(),
        result.getDecDeg(),
        names.orNull(result.getNight()),
        names.orNull(result.getSelectedAs()),
        names.one(result.getClassLabel()),
        result.getClassProbability(),
        result.getZ(),
        result.getZErr(),
        result.getGoodZ(),
        Worth.of(result, policies),
        (int) result.getWarningBits(),
        result.getSnr(),
        result.getEventTime().toEpochMilli(),
        seconds == null ? 0 : Math.round(seconds * 1000),
        result.getIngestedAt().toEpochMilli(),
        result.getEmittedAt().toEpochMilli());
  }

  /** A science target: the only kind that completeness counts. */
  public boolean target() {
    return kind == ObjectKind.TARGET;
  }

  /** Whether the spectrum was usable. */
  public boolean valid() {
    return worth.valid();
  }

  /** Whether it is good: by the policy of its programme, or because a person says so. */
  public boolean good() {
    return worth.good();
  }

  /** The same with another worth. */
  Row with(Worth other) {
    return new Row(
        spectrumId,
        targetId,
        kind,
        programme,
        fieldId,
        exposureId,
        fibre,
        raDeg,
        decDeg,
        night,
        selectedAs,
        label,
        probability,
        z,
        zErr,
        modelGoodZ,
        other,
        warningBits,
        snr,
        observedMillis,
        exposureMillis,
        ingestedMillis,
        emittedMillis);
  }

  /** When the exposure ended, milliseconds since 1970. */
  public long exposureEndMillis() {
    return observedMillis + exposureMillis;
  }

  /** From the broker's taking the spectrum to its result, in seconds; clocks may disagree. */
  public double latencySeconds() {
    return Math.max(0, emittedMillis - ingestedMillis) / 1000.0;
  }

  /** When the result came out. */
  public Instant emittedAt() {
    return Instant.ofEpochMilli(emittedMillis);
  }
}

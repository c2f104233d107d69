package org.nightglass.ingest;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.ExplicitGrid;
import org.nightglass.avro.LinearGrid;
import org.nightglass.avro.LogGrid;
import org.nightglass.avro.Spectrum;
import org.nightglass.schemas.PackedPixels;
import org.nightglass.schemas.serde.AvroDecodingException;
import org.nightglass.spectrum.Arm;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.Medium;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.spectrum.WavelengthGrid;

/**
 * Reads a record's bytes as a spectrum. Says only whether they are one; whether the spectrum makes
 * sense is looked at when it is prepared.
 *
 * <p>Safe for use by several threads if the deserializer is.
 */
public final class SpectrumReader {
  private final Deserializer<Spectrum> deserializer;

  /**
   * @param deserializer for the record's value; not closed here
   */
  public SpectrumReader(Deserializer<Spectrum> deserializer) {
    this.deserializer = deserializer;
  }

  /**
   * Reads a record.
   *
   * @throws BadSpectrumException if its bytes are no spectrum
   * @throws SerializationException if that cannot be told now, because the registry does not
   *     answer: not the record's fault
   */
  public ObservedSpectrum read(InFlight<Arrival> record) {
    Arrival arrival = record.value();
    byte[] value = arrival.value();
    if (value == null) {
      throw new BadSpectrumException(
          RejectReason.UNDECODABLE,
          "the record has no value (a tombstone), a Spectrum is expected");
    }
    Spectrum event;
    try {
      event = deserializer.deserialize(arrival.topic(), value);
    } catch (SerializationException e) {
      throw badRecord(e);
    }
    return spectrum(event);
  }

  private static RuntimeException badRecord(SerializationException failure) {
    if (!AvroDecodingException.badRecord(failure)) {
      return failure;
    }
    if (failure instanceof AvroDecodingException decoding) {
      return switch (decoding.failure()) {
        case UNKNOWN_SCHEMA -> bad(RejectReason.UNKNOWN_SCHEMA, failure);
        case INCOMPATIBLE_SCHEMA -> bad(RejectReason.INCOMPATIBLE_SCHEMA, failure);
        default -> bad(RejectReason.UNDECODABLE, failure);
      };
    }
    return bad(RejectReason.UNDECODABLE, failure);
  }

  private static BadSpectrumException bad(RejectReason reason, Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return new BadSpectrumException(reason, message);
  }

  private static ObservedSpectrum spectrum(Spectrum event) {
    Observation observation =
        new Observation(
            event.getSpectrumId(),
            event.getTargetId(),
            ObjectKind.valueOf(event.getKind().name()),
            event.getSurvey(),
            event.getProgramme(),
            event.getFieldId(),
            event.getExposureId(),
            event.getFibre(),
            event.getRaDeg(),
            event.getDecDeg(),
            event.getMjd(),
            event.getExposureSeconds(),
            event.getReductionVersion(),
            event.getNight(),
            event.getSelectedAs());
    List<Arm> arms = new ArrayList<>(event.getArms().size());
    try {
      for (org.nightglass.avro.Arm arm : event.getArms()) {
        arms.add(arm(arm));
      }
    } catch (BadSpectrumException fault) {
      throw fault.of(observation);
    }
    return new ObservedSpectrum(observation, arms);
  }

  private static Arm arm(org.nightglass.avro.Arm arm) {
    return new Arm(
        arm.getName(),
        grid(arm),
        Medium.valueOf(arm.getMedium().name()),
        unpack(arm, "flux", arm.getFlux(), PackedPixels::unpackFloats),
        unpack(arm, "ivar", arm.getIvar(), PackedPixels::unpackFloats),
        mask(arm));
  }

  private static int @Nullable [] mask(org.nightglass.avro.Arm arm) {
    ByteBuffer mask = arm.getMask();
    return mask == null ? null : unpack(arm, "mask", mask, PackedPixels::unpackInts);
  }

  private static WavelengthGrid grid(org.nightglass.avro.Arm arm) {
    Object grid = arm.getGrid();
    if (grid instanceof LogGrid log) {
      return new WavelengthGrid.Log(log.getLog10Start(), log.getLog10Step(), log.getPixels());
    }
    if (grid instanceof LinearGrid linear) {
      return new WavelengthGrid.Linear(linear.getStart(), linear.getStep(), linear.getPixels());
    }
    if (grid instanceof ExplicitGrid explicit) {
      return new WavelengthGrid.Explicit(
          unpack(arm, "wavelengths", explicit.getWavelengths(), PackedPixels::unpackDoubles));
    }
    throw new BadSpectrumException(
        RejectReason.INCOMPATIBLE_SCHEMA,
        "arm %s has a grid of an unknown kind: %s".formatted(arm.getName(), grid.getClass()));
  }

  private static <T> T unpack(
      org.nightglass.avro.Arm arm,
      String field,
      ByteBuffer packed,
      Function<ByteBuffer, T> unpack) {
    try {
      return unpack.apply(packed);
    } catch (IllegalArgumentException e) {
      throw new BadSpectrumException(
          RejectReason.LENGTH_MISMATCH,
          "arm %s, %s: %s".formatted(arm.getName(), field, e.getMessage()));
    }
  }
}

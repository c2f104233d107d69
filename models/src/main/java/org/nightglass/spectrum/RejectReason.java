package org.nightglass.spectrum;

/**
 * Why an event could not be processed. Names are part of the contract of the rejects topic: never
 * reused.
 */
public enum RejectReason {
  /** The bytes are no record of the wire format, or not decodable with the schema they name. */
  UNDECODABLE,
  /** The schema id is not known to the registry. */
  UNKNOWN_SCHEMA,
  /** The schema is known, but no Spectrum can be read from it. */
  INCOMPATIBLE_SCHEMA,
  /** A required identifier is empty, or a number of the header is not finite or out of range. */
  BAD_HEADER,
  /** The exposure lies in the future. */
  FUTURE_OBSERVATION,
  /** Larger than the limits on arms or pixels. */
  TOO_LARGE,
  /**
   * Flux, ivar, mask and grid have different lengths, or packed bytes are no whole number of
   * pixels.
   */
  LENGTH_MISMATCH,
  /** Wavelengths are not finite, not positive or not strictly increasing. */
  BAD_WAVELENGTHS,
  /** Not one pixel with information, or none on the model's grid. */
  NO_GOOD_PIXEL,
  /** The model failed on this spectrum, alone in its batch. */
  MODEL_FAILED,
  /** A planned target that cannot stand. */
  BAD_PLAN,
  /** An observer's word on a night that cannot stand. */
  BAD_NIGHT_EVENT,
  /** A person's word on a target that cannot stand. */
  BAD_OVERRIDE
}

package org.nightglass.schemas.serde;

import java.io.EOFException;
import java.io.IOException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that did not become a record. {@link #failure()} says whether that is the record's fault or
 * the registry's: a record must never be rejected for the latter.
 */
public final class AvroDecodingException extends SerializationException {
  private static final long serialVersionUID = 1L;

  /** What failed. */
  public enum Failure {
    /** The bytes do not start with the wire format's header. */
    NOT_WIRE_FORMAT(true),
    /** Truncated, trailing bytes, or impossible values: not decodable with the schema they name. */
    MALFORMED(true),
    /** The registry does not know the schema id. */
    UNKNOWN_SCHEMA(true),
    /** The schema is known, but the wanted record cannot be read from what it describes. */
    INCOMPATIBLE_SCHEMA(true),
    /** No registry could be reached: passes; the same bytes may well be good. */
    REGISTRY_UNAVAILABLE(false),
    /** The registry refuses us (credentials, address): needs a person; the bytes may be good. */
    REGISTRY_REFUSED(false);

    private final boolean badRecord;

    Failure(boolean badRecord) {
      this.badRecord = badRecord;
    }

    /** Whether the record is at fault, for ever: it may be rejected. */
    public boolean badRecord() {
      return badRecord;
    }
  }

  private final Failure failure;

  AvroDecodingException(Failure failure, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }

  /**
   * Whether a deserializer's failure is the record's fault. Of a deserializer of the site's own,
   * what smells of the network is not.
   */
  public static boolean badRecord(SerializationException failure) {
    if (failure instanceof AvroDecodingException decoding) {
      return decoding.failure.badRecord();
    }
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || (cause instanceof IOException && !(cause instanceof EOFException))) {
        return false;
      }
    }
    return true;
  }
}

package org.nightglass.schemas.registry;

import org.jspecify.annotations.Nullable;

/** The registry knows the id, but what it holds cannot be used as an Avro schema. Permanent. */
public final class UnusableSchemaException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnusableSchemaException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}

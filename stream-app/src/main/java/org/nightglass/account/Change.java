package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * A standing that gives way to another: the old one is taken out of the counters, the new one put
 * in.
 *
 * @param before null where there was none
 * @param after null where there is none any more
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Change(@Nullable Standing before, @Nullable Standing after) {

  /** The same of a field. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  public record OfField(@Nullable FieldStanding before, @Nullable FieldStanding after) {}
}

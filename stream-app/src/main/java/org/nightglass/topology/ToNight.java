package org.nightglass.topology;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Change;

/**
 * What a night's account hears: that a target has changed, or that the observer has spoken.
 *
 * @param change of a standing; null where the observer has spoken
 * @param word what the observer said; null where a standing has changed
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record ToNight(@Nullable Change change, @Nullable Word word) {

  /** The observer's word, as in NightEvent. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Word(String type, long atMs, String by, @Nullable Long plannedEndMs) {}
}

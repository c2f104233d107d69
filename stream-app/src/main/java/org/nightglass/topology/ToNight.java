package org.nightglass.topology;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Counters;

/**
 * What a night's account hears: that targets have changed, or that the observer has spoken.
 *
 * @param moves what targets' changes count up and down, by the key of its scope; empty where they
 *     changed in nothing that is counted; null where the observer has spoken
 * @param word what the observer said; null where targets have changed
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
record ToNight(@Nullable Map<String, Counters> moves, @Nullable Word word) {

  /** The observer's word, as in NightEvent. */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Word(String type, long atMs, String by, @Nullable Long plannedEndMs) {}
}

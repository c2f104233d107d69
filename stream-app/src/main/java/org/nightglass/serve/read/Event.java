package org.nightglass.serve.read;

import org.jspecify.annotations.Nullable;

/**
 * Something that changed.
 *
 * @param type the kind of event, as the API names it
 * @param night the one night that it is of, YYYYMMDD; null where it is of none
 * @param data JSON, one line; owned by the event, never changed
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way to a socket, never compared
public record Event(String type, @Nullable String night, byte[] data) {
  public static final String NIGHT = "night";
  public static final String YIELD = "yield";
  public static final String SURVEY = "survey";
  public static final String FIELD = "field";
  public static final String TARGET = "target";
  public static final String RESULTS = "results";
  public static final String REJECTS = "rejects";
}

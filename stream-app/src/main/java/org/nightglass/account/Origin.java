package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import org.jspecify.annotations.Nullable;

/**
 * The record that an event came from, unchanged, so that it can be handed on if it cannot stand.
 *
 * @param ingestedMs when the broker took it
 * @param receivedMs when this application took it up
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
@SuppressWarnings("ArrayRecordComponent") // original bytes, never compared
public record Origin(
    String topic,
    int partition,
    long offset,
    long ingestedMs,
    long receivedMs,
    byte @Nullable [] key,
    byte @Nullable [] value) {}

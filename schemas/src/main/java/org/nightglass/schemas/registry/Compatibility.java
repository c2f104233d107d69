package org.nightglass.schemas.registry;

import java.util.List;

/**
 * The registry's judgement on a schema for a subject.
 *
 * @param compatible whether it would be accepted
 * @param messages why not, in the registry's words; may be empty
 */
public record Compatibility(boolean compatible, List<String> messages) {
  public Compatibility {
    messages = List.copyOf(messages);
  }
}

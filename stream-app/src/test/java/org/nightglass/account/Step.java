package org.nightglass.account;

import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.nightglass.config.NightglassConfig;

/**
 * One record that the account of the night takes in.
 *
 * @param input the topic that it goes to
 * @param key its key
 * @param value null = a withdrawal from the plan
 */
public record Step(Input input, String key, @Nullable SpecificRecord value) {

  /** The topics that the account reads. */
  public enum Input {
    RESULTS,
    REJECTS,
    PLAN,
    OVERRIDES,
    NIGHT_EVENTS;

    /** Its name in a configuration. */
    public String topic(NightglassConfig.Topics topics) {
      return switch (this) {
        case RESULTS -> topics.results();
        case REJECTS -> topics.rejects();
        case PLAN -> topics.plan();
        case OVERRIDES -> topics.overrides();
        case NIGHT_EVENTS -> topics.nightEvents();
      };
    }
  }
}

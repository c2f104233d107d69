package org.nightglass.app;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;

/**
 * A topic as Nightglass needs it.
 *
 * @param name its name
 * @param settings its own settings, where the brokers' defaults will not do
 */
record TopicSpec(String name, Map<String, String> settings) {
  /** A reject holds the original bytes and says what was wrong with them. */
  private static final int REJECT_OVERHEAD_BYTES = 64 * 1024;

  private static final long DAY_MS = 86_400_000;

  TopicSpec {
    settings = Map.copyOf(settings);
  }

  /** Every topic of a configuration. */
  static List<TopicSpec> all(NightglassConfig config) {
    NightglassConfig.Topics topics = config.topics();
    int maxBytes = config.integer(Settings.TOPICS_MAX_MESSAGE_BYTES);
    return List.of(
        kept(topics.spectra(), 7, maxBytes),
        kept(topics.results(), 7, maxBytes),
        kept(topics.rejects(), 28, maxBytes + REJECT_OVERHEAD_BYTES),
        compacted(topics.plan()),
        compacted(topics.nightEvents()),
        compacted(topics.overrides()),
        compacted(topics.targetState()),
        compacted(topics.fieldProgress()),
        compacted(topics.nightYield()),
        compacted(topics.surveyYield()),
        compacted(topics.nights()));
  }

  /**
   * A topic whose records are kept for some days after they were ingested, whenever the spectra in
   * them were observed.
   */
  private static TopicSpec kept(String name, int days, int maxBytes) {
    Map<String, String> settings = new HashMap<>();
    settings.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "LogAppendTime");
    settings.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    settings.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(days * DAY_MS));
    settings.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(maxBytes));
    return new TopicSpec(name, settings);
  }

  private static TopicSpec compacted(String name) {
    return new TopicSpec(
        name,
        Map.of(
            TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
            "LogAppendTime",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /**
   * Settings without which spectra are lost; the others of an existing topic are its owner's
   * choice.
   */
  Map<String, String> indispensable() {
    Map<String, String> needed = new HashMap<>();
    for (String key :
        List.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TopicConfig.CLEANUP_POLICY_CONFIG)) {
      needed.put(key, settings.getOrDefault(key, ""));
    }
    return needed;
  }
}

package org.nightglass.config;

import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** A name that Kafka takes for a topic: letters, digits, dot, underscore, hyphen; at most 249. */
final class TopicName implements ConfigDef.Validator {
  private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{1,249}");

  @Override
  public void ensureValid(String key, Object value) {
    String name = String.valueOf(value);
    if (!LEGAL.matcher(name).matches() || name.equals(".") || name.equals("..")) {
      throw new ConfigException(
          key, value, "must be 1 to 249 letters, digits, dots, underscores or hyphens");
    }
  }

  @Override
  public String toString() {
    return "letters, digits, . _ -";
  }
}
